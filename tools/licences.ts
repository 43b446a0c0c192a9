import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './source-files.ts'

const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'Zlib',
])

/** Not permissive, unmodified and apart: each with its reason in docs/decisions/0005-licences.md. */
const listed: Record<string, string> = {
  'axe-core': 'MPL-2.0',
  lightningcss: 'MPL-2.0',
  'web-push': 'MPL-2.0',
  'caniuse-lite': 'CC-BY-4.0',
}

type Entry = { license?: string; link?: boolean; optionalDependencies?: Record<string, string> }

/** What the lock file says of every package, the ones for other machines too. */
export function licenceProblems(): string[] {
  const lock: { packages: Record<string, Entry> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  )
  return Object.entries(lock.packages).flatMap(([folder, { license, link }]) => {
    if (!folder.includes('node_modules/') || link) return []
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const known = license ?? licenceInFolder(folder) ?? licenceOfParent(name, lock.packages)
    if (known && isFree(known)) return []
    // A package's platform builds carry its licence: lightningcss-linux-x64-gnu.
    const reason = Object.keys(listed).find((each) => name === each || name.startsWith(`${each}-`))
    return reason && listed[reason] === known ? [] : [`${name}: ${known ?? 'no licence named'}`]
  })
}

/** "(MIT OR Apache-2.0)" needs one of them free, "MIT AND BSD-3-Clause" all. */
export function isFree(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  if (/ OR /.test(bare)) return bare.split(/ OR /).some(isFree)
  if (/ AND /.test(bare)) return bare.split(/ AND /).every(isFree)
  return permissive.has(bare)
}

/** A build for another machine, of which the lock file knows no more than its name, carries the licence of what it is built from. */
function licenceOfParent(name: string, packages: Record<string, Entry>): string | undefined {
  return Object.values(packages).find((each) => each.optionalDependencies?.[name] && each.license)?.license
}

function licenceInFolder(folder: string): string | undefined {
  try {
    const manifest: { license?: unknown } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
    return typeof manifest.license === 'string' ? manifest.license : undefined
  } catch {
    return undefined
  }
}
