import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generated } from './generated.ts'
import { root, sourceFiles } from './source-files.ts'

const files = sourceFiles()
for (const { path: file, make } of generated) {
  const target = path.join(root, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, await make(files))
  console.log(`wrote ${file}`)
}
