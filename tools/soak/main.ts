import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

// Every other file in this folder is one long run; it prints its figures and ends with 0 when all went well.
const parts = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => path.basename(file, '.ts'))
const wanted = process.argv.slice(2)
const unknown = wanted.find((each) => !parts.includes(each))
if (unknown) {
  console.error(`soak: there is no run "${unknown}"; there are ${parts.join(', ')}`)
  process.exit(2)
}

const failed: string[] = []
for (const part of wanted.length > 0 ? wanted : parts) {
  console.log(`== ${part}`)
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, `${part}.ts`)], { stdio: 'inherit' })
  if (status !== 0) failed.push(part)
}
console.log(failed.length === 0 ? 'soak: all is well' : `soak: failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
