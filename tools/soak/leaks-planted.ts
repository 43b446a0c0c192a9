import { spawnSync } from 'node:child_process'
import { root } from '../source-files.ts'

// All planted leaks: each is found by a ring within its seeds.

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'leaks/planted'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_PLANTED_ALL: '1',
    },
  },
)
process.exitCode = status ?? 1
