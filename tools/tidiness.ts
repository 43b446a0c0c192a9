import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { root } from './source-files.ts'

/** A lock file that names a registry ties everybody to it. */
export function lockProblems(): string[] {
  const lock: { packages: Record<string, { resolved?: string; link?: boolean }> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  )
  return Object.entries(lock.packages)
    .filter(([, { resolved, link }]) => resolved && !link)
    .map(([folder]) => `package-lock.json: ${folder} names where it was downloaded from (npm must see .npmrc)`)
}

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
