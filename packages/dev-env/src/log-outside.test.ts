import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLogOutside } from './log-outside.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

const parse = (value: unknown) => {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') {
    throw new Error('not an entry of this log')
  }
  return { id: value.id }
}

describe('A log outside the process under test', () => {
  test('keeps every line of a writer that is killed in the middle of its work, and of a second writer', async () => {
    await using folder = await tempFolder('log')
    const file = join(folder.path, 'told.log')
    const writer = `
      import { openLogOutside } from ${JSON.stringify(new URL('./log-outside.ts', import.meta.url).href)}
      const log = openLogOutside(${JSON.stringify(file)}, (value) => value)
      let n = 0
      const write = () => { log.append({ id: 'child ' + n }); process.stdout.write('told ' + n++ + '\\n'); setImmediate(write) }
      write()`
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer], {
      stdio: 'pipe',
    })
    let told = ''
    let failed = ''
    child.stderr.on('data', (chunk) => {
      failed += chunk
    })
    child.stdout.on('data', (chunk) => {
      told += chunk
    })
    using log = openLogOutside(file, parse)
    log.append({ id: 'parent' })
    const exited = once(child, 'exit')
    try {
      await waitFor('the child to write', () => told.length > 2000, { instead: () => `${told}${failed}` })
    } finally {
      child.kill('SIGKILL')
    }
    await exited
    const entries = log.entries().map(({ id }) => id)
    const lastTold = Number(told.split('\n').at(-2)?.slice('told '.length))
    expect(entries).toContain('parent')
    expect(entries.filter((id) => id !== 'parent').slice(0, lastTold + 1)).toEqual(
      Array.from({ length: lastTold + 1 }, (_, n) => `child ${n}`),
    )
  })

  test('says so when what it reads was not written by it', async () => {
    await using folder = await tempFolder('log')
    using log = openLogOutside(join(folder.path, 'told.log'), parse)
    log.append({ id: 'one' })
    expect(log.entries()).toEqual([{ id: 'one' }])
    appendFileSync(log.file, '{"id":"tw')
    expect(() => log.entries()).toThrow('ends within a line')
    appendFileSync(log.file, 'o","x":1}\n{"no":"id"}\n')
    expect(() => log.entries()).toThrow('not an entry of this log')
  })
})
