import { spawnSync } from 'node:child_process'
import { root } from '../source-files.ts'

// Random histories of the real-time contract on the real server; PARLEY_SEED says where they begin, PARLEY_HISTORIES how many there are.

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'packages/server/src/realtime/resume.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_SEED: process.env.PARLEY_SEED ?? '1000',
      PARLEY_HISTORIES: process.env.PARLEY_HISTORIES ?? '10000',
    },
  },
)
process.exitCode = status ?? 1
