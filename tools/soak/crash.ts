import { spawnSync } from 'node:child_process'
import { root } from '../source-files.ts'

// The crash play with 50 kills in one history; PARLEY_SEED chooses another one.

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'plays', 'plays/crash.play.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PARLEY_CRASHES: process.env.PARLEY_CRASHES ?? '50' } },
)
process.exitCode = status ?? 1
