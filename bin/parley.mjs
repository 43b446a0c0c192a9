#!/usr/bin/env node
// Plain JavaScript without dependencies: this file has to run on Node 20, before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { compileCache } from './compile-cache.mjs'
import { installIfNeeded } from './install.mjs'
import { findNode } from './node.mjs'
import { whenOrphaned } from './when-orphaned.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const stopWithLauncher = path.join(root, 'bin', 'stop-with-launcher.mjs')

// Under load most of what is allocated is gone at once: a nursery large enough never copies it. At rest it is given back (apps/server).
// And V8 is not to guess, from what starting keeps, that messages grow old too: guessed so, they and all they hold are copied and kept.
const memory = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring']

const commands = {
  start: { script: 'apps/server/src/main.ts', says: 'start the server (the default)', passesName: true },
  migrate: { script: 'apps/server/src/main.ts', says: 'bring the database to this version and stop', passesName: true },
  keys: {
    script: 'apps/server/src/main.ts',
    says: 'keys rotate: wrap the keys of what is sealed anew',
    passesName: true,
  },
  erase: {
    script: 'apps/server/src/main.ts',
    says: 'erase conversation | person ID: its keys, words, files and addresses, for good',
    passesName: true,
  },
  account: {
    script: 'apps/server/src/main.ts',
    says: 'make an account with a site and its first responders',
    passesName: true,
  },
  inspect: {
    script: 'apps/server/src/main.ts',
    says: 'inspect email | identity | topic: show what the road makes of what it reads',
    passesName: true,
  },
  doctor: { script: 'tools/doctor.ts', says: 'say what this machine has and lacks for Parley' },
  verify: {
    script: 'tools/verify.ts',
    says: 'format, types, import rules, unused code, generated files',
    forWork: true,
  },
  test: { script: 'tools/test.ts', says: 'everything: verify, unit tests, plays', forWork: true },
  bench: { script: 'bench/main.ts', says: 'measure, and print the tables of docs/performance.md', forWork: true },
  soak: { script: 'tools/soak/main.ts', says: 'the long runs; a name runs only that one', forWork: true },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined

if (command) run(command)
else if (['help', '--help', '-h'].includes(name)) console.log(help())
else {
  console.error(`parley: there is no command "${name}".\n\n${help()}`)
  process.exit(2)
}

function run({ script, passesName = false, forWork = false }) {
  const installed = installIfNeeded(root, { forWork })
  if (!installed.ok) fail(installed.text)
  const node = findNode(root)
  if (!node.ok) fail(node.text)

  if (name === 'start') {
    // The pages are part of the sources; when they have not changed this takes a blink.
    const built = spawnSync(node.path, [path.join(root, 'tools/build.ts')], { stdio: ['ignore', 2, 2] })
    if (built.status !== 0) fail('the pages could not be built; the reason stands above')
  }

  const follows = name === 'start'
  const child = spawn(
    node.path,
    [
      ...(follows ? [...memory, '--import', stopWithLauncher] : []),
      path.join(root, script),
      ...(passesName ? [name] : []),
      ...args,
    ],
    {
      stdio: follows ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      env: {
        ...process.env,
        ...(follows ? compileCache(root, process.env) : {}),
        PATH: [path.dirname(node.path), process.env.PATH].filter(Boolean).join(path.delimiter),
      },
    },
  )
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  whenOrphaned(process.env, () => child.kill('SIGTERM'))
  // A terminal sends Ctrl-C to the whole foreground group, so the child already has it; twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  child.on('error', (error) => fail(`could not run ${node.path}: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)))
}

function fail(text) {
  console.error(`parley: ${text}`)
  process.exit(1)
}

function help() {
  const lines = Object.entries(commands).map(([each, { says }]) => `  ${each.padEnd(10)}${says}`)
  return [
    'Usage: parley <command>',
    '',
    ...lines,
    `  ${'help'.padEnd(10)}this text`,
    '',
    'Settings: docs/operate/configuration.md',
  ].join('\n')
}
