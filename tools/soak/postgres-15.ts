import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { root } from '../source-files.ts'

// The server's tests once more on the oldest PostgreSQL we support, where this machine has it (Debian's postgresql-15).

const bin = '/usr/lib/postgresql/15/bin'
if (!existsSync(bin)) console.log(`skipped: there is no ${bin}`)
else {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'packages/server'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, PARLEY_POSTGRES_BIN: bin } },
  )
  process.exitCode = status ?? 1
}
