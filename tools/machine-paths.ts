import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { root } from './source-files.ts'

/** Paths of the machine somebody worked on mean nothing to anybody else. */
export function machinePathProblems(files: readonly string[]): string[] {
  const here = [root, homedir()].filter((each) => each.split('/').length > 2).map((each) => each.replaceAll('.', '\\.'))
  const pattern = new RegExp([...here.map((each) => `${each}\\b`), '/(home|Users)/[a-z][\\w-]*/'].join('|'))
  return files.flatMap((file) => {
    if (/\.(png|jpe?g|gif|webp|ico|woff2?|pdf|zip|eml|bin)$/i.test(file)) return []
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
    const at = lines.findIndex((line) => pattern.test(line))
    return at < 0 ? [] : [`${file}:${at + 1} names a path of one machine`]
  })
}
