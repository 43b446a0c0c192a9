import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compileCache } from './compile-cache.mjs'
import { whatIsMissing } from './install.mjs'
import { findNode } from './node.mjs'

const bin = import.meta.dirname
const folder = mkdtempSync(path.join(tmpdir(), 'parley-launcher-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the parley command', () => {
  test('tells its commands from any folder', () => {
    const run = parley('help')
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('start     start the server')
  })

  // 2 is also how a command that there is not ends, so what it says decides.
  test.each(['erase', 'keys'])('knows %s, which tells how it is used', (name) => {
    const run = parley(name)
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(new RegExp(`^parley ${name} `))
  })

  test('says that it does not know a command, and which there are', () => {
    const run = parley('strat')
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('there is no command "strat"')
    expect(run.stderr).toContain('start     start the server')
  })

  test('passes on how the program it runs ended', () => {
    expect(parley('soak', 'no-such-run').status).toBe(2)
  })
})

describe('which Node runs Parley', () => {
  const root = path.dirname(bin)

  test('its own, when it is new enough', () => {
    expect(findNode(folder, '24.0.0')).toEqual({ ok: true, path: process.execPath })
  })

  test.runIf(process.platform === 'linux')('the pinned one, when the machine has an older one', () => {
    const node = findNode(root, '20.20.2')
    expect(node).toEqual({ ok: true, path: expect.stringContaining(`node-${process.platform}-${process.arch}`) })
    expect(spawnSync(node.path, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^v24\./)
  })

  test('none, with what to install, when none came along', () => {
    expect(findNode(folder, '20.20.2')).toEqual({
      ok: false,
      text: expect.stringMatching(/this is Node 20\.20\.2.*none came along.*Install Node 24/s),
    })
  })
})

describe('what was compiled', () => {
  test('is kept in the data folder once that is one, and nowhere before', () => {
    const data = mkdtempSync(path.join(folder, 'data-'))
    const env = { PARLEY_DATA: data }
    expect(compileCache(folder, env)).toEqual({})
    writeFileSync(path.join(data, 'secret'), '')
    expect(compileCache(folder, env)).toEqual({ NODE_COMPILE_CACHE: path.join(data, 'compiled') })
    expect(compileCache(folder, { ...env, NODE_COMPILE_CACHE: '/elsewhere' })).toEqual({})
  })

  test('that cannot be kept or read stops nothing', () => {
    const data = mkdtempSync(path.join(folder, 'data-'))
    writeFileSync(path.join(data, 'secret'), '')
    writeFileSync(path.join(data, 'compiled'), 'no folder')
    const env = { ...process.env, ...compileCache(folder, { PARLEY_DATA: data }) }
    const run = spawnSync(process.execPath, ['-p', '6 * 7'], { encoding: 'utf8', env })
    expect(run).toMatchObject({ status: 0, stdout: '42\n', stderr: '' })
  })
})

describe('what has to be installed', () => {
  test.each([
    ['nothing, when every package is there in its version', { a: '1.0.0', b: '2.0.0' }, true, undefined],
    ['everything, in a fresh clone', undefined, true, 'none are installed yet'],
    ['a package in an older version', { a: '0.9.0', b: '2.0.0' }, true, 'a is missing or old'],
    ['a package for development, for development', { a: '1.0.0' }, true, 'b is missing or old'],
    ['a package for development, not to run the server', { a: '1.0.0' }, false, undefined],
  ])('%s', (_, present, forWork, missing) => {
    const root = mkdtempSync(path.join(folder, 'clone-'))
    const wanted = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', dev: true },
      'node_modules/for-another-machine': { version: '3.0.0', optional: true },
      'node_modules/ours': { link: true },
    }
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }))
    if (present) {
      const packages = Object.fromEntries(
        Object.entries(present).map(([name, version]) => [`node_modules/${name}`, { version }]),
      )
      mkdirSync(path.join(root, 'node_modules'))
      writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
    }
    expect(whatIsMissing(root, forWork)).toBe(missing)
  })
})

test('the server stops as if asked to when the launcher is killed', async () => {
  const script = path.join(folder, 'server.mjs')
  writeFileSync(script, `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); process.send('up')`)
  const server = fork(script, { execArgv: ['--import', path.join(bin, 'stop-with-launcher.mjs')] })
  await once(server, 'message')
  server.disconnect()
  expect(await once(server, 'exit')).toEqual([7, null])
})

test.skipIf(process.platform === 'win32')(
  'the launcher notices that npm was stopped, whose shell tells nobody',
  async () => {
    const script = path.join(folder, 'launcher.mjs')
    const whenOrphaned = JSON.stringify(path.join(bin, 'when-orphaned.mjs'))
    writeFileSync(
      script,
      `import { whenOrphaned } from ${whenOrphaned}
     setInterval(() => {}, 1000)
     whenOrphaned(process.env, () => { console.log('stops'); process.exit() })
     console.log('up')`,
    )
    const shell = spawn('sh', ['-c', `${process.execPath} ${script}; true`], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    shell.stdout.setEncoding('utf8')
    const said = []
    for await (const piece of shell.stdout) {
      said.push(piece.trim())
      if (piece.includes('up')) shell.kill('SIGTERM')
    }
    expect(said).toEqual(['up', 'stops'])
  },
)

function parley(...args) {
  return spawnSync(process.execPath, [path.join(bin, 'parley.mjs'), ...args], { cwd: '/', encoding: 'utf8' })
}
