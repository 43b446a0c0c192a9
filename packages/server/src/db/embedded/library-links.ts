import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** The list names files from the package's folder, whatever the tree is called where it was copied to. */
const nameInList = 'native'

/**
 * The shared libraries are found by short names that an npm package cannot hold (they are symbolic links); its
 * postinstall script makes them. Where scripts are off (npm ci --ignore-scripts) they are made here.
 * @returns false when they are missing and this folder may not be written to
 */
export function linkLibraries(tree: string): boolean {
  const list = path.join(tree, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  for (const { source, target } of readLinks(list)) {
    const link = path.join(tree, path.relative(nameInList, target))
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      throw error
    }
  }
  return true
}

function readLinks(file: string): { source: string; target: string }[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) =>
    typeof each === 'object' &&
    each !== null &&
    'source' in each &&
    typeof each.source === 'string' &&
    'target' in each &&
    typeof each.target === 'string'
      ? [{ source: each.source, target: each.target }]
      : [],
  )
}
