import { parseSync } from 'oxc-parser'
import { isNode, visit } from '../syntax-tree.ts'

export type Import = {
  /** as written */
  specifier: string
  /** erased before it runs */
  isTypeOnly: boolean
  line: number
}

/** Everything a file names of other modules: imports, re-exports, `import()`, and `import('…')` in types. */
export function readImports(file: string, source: string): Import[] {
  const { module, program, errors } = parseSync(file, source)
  const broken = errors.find((each) => each.severity === 'Error')
  if (broken) throw new Error(`${file}: ${broken.message}`)
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length

  const fixed = module.staticImports.map((each) => ({
    specifier: each.moduleRequest.value,
    isTypeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
    line: lineAt(each.start),
  }))
  const passedOn = module.staticExports.flatMap((each) =>
    each.entries.flatMap((entry) =>
      entry.moduleRequest
        ? [{ specifier: entry.moduleRequest.value, isTypeOnly: entry.isType, line: lineAt(each.start) }]
        : [],
    ),
  )
  const atRunTime = module.dynamicImports.flatMap((each) => {
    const written = source.slice(each.moduleRequest.start, each.moduleRequest.end)
    const specifier = /^(['"`])([^'"`$]+)\1$/.exec(written)?.[2]
    return specifier ? [{ specifier, isTypeOnly: false, line: lineAt(each.start) }] : []
  })
  // The parser's list holds import() expressions only, not those in types.
  const inTypes: Import[] = []
  visit(program, (node) => {
    if (node.type !== 'TSImportType' || !isNode(node.source) || typeof node.source.value !== 'string') return
    inTypes.push({ specifier: node.source.value, isTypeOnly: true, line: lineAt(Number(node.start)) })
  })
  return [...fixed, ...passedOn, ...atRunTime, ...inTypes]
}
