import { spawnSync } from 'node:child_process'
import { root } from '../source-files.ts'

// Random histories on the real operations and readers; PARLEY_SEED says where they begin, PARLEY_HISTORIES how many there are.

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'leaks/readers'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_SEED: process.env.PARLEY_SEED ?? '1000000',
      PARLEY_HISTORIES: process.env.PARLEY_HISTORIES ?? '20000',
      PARLEY_TIMEOUT_MS: '86400000',
    },
  },
)
process.exitCode = status ?? 1
