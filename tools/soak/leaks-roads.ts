import { spawnSync } from 'node:child_process'
import { root } from '../source-files.ts'

// Random histories over every road; PARLEY_SEED says where they begin, PARLEY_HISTORIES how many there are.

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'plays', 'leaks/roads'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_SEED: process.env.PARLEY_SEED ?? '1000000',
      PARLEY_HISTORIES: process.env.PARLEY_HISTORIES ?? '300',
      PARLEY_TIMEOUT_MS: '86400000',
    },
  },
)
process.exitCode = status ?? 1
