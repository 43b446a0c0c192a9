import { readFileSync } from 'node:fs'
import path from 'node:path'
import { planted } from './planted.ts'
import { readImports } from './read-imports.ts'
import { judgeImport } from './rules.ts'

export type ImportReport = { checked: number; problems: string[] }

/** Checks these files (paths from the root), and before that itself. */
export function checkImports(root: string, files: readonly string[]): ImportReport {
  const blind = planted.filter((each) => problemsIn(each.file, each.source).length > 0 !== each.caught)
  if (blind.length > 0) {
    return {
      checked: 0,
      problems: blind.map(
        (each) => `the check itself is wrong: ${each.caught ? 'misses' : 'refuses'} "${each.source}" in ${each.file}`,
      ),
    }
  }
  const sources = files.filter((file) => /\.tsx?$/.test(file))
  return {
    checked: sources.length,
    problems: sources.flatMap((file) => problemsIn(file, readFileSync(path.join(root, file), 'utf8'))),
  }
}

export function problemsIn(file: string, source: string): string[] {
  return readImports(file, source).flatMap((each) => {
    const wrong = judgeImport(file, each)
    return wrong ? [`${file}:${each.line} ${wrong}`] : []
  })
}
