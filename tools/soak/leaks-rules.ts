import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from '../source-files.ts'

// Ring 1 of the leak test: a million random histories on the rules alone (docs/decisions/0121).
const { status } = spawnSync(process.execPath, [path.join(root, 'leaks/rules/many-histories.ts')], { stdio: 'inherit' })
process.exitCode = status ?? 1
