import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { waitFor } from './wait-for.ts'

test('a daemon and its folder do not outlive a test process that is killed', async () => {
  const url = (name: string) => JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href)
  // The daemon ignores the polite signal and has a child of its own, as the worst ones do.
  const program = `
    import { startDaemon } from ${url('daemon')}
    import { tempFolder } from ${url('temp-folder')}
    const folder = await tempFolder('guarded')
    const daemon = startDaemon({ name: 'stubborn', command: '/bin/sh', args: ['-c', 'trap "" TERM; sleep 600 & wait; wait'], folder: folder.path })
    process.stdout.write(daemon.pid + ' ' + folder.path + '\\n')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const [pid = '', folder = ''] = String(line).trim().split(' ')
  expect(isAlive(pid)).toBe(true)
  child.kill('SIGKILL')
  await waitFor('the daemon to be ended', () => !isAlive(pid))
  await waitFor('its folder to be removed', () => !existsSync(folder))
})

function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
