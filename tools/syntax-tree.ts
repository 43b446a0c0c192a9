export type SyntaxNode = Record<string, unknown>

/** Shows every node of a parsed file, parents before their children. */
export function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, see)
  else if (isNode(value)) {
    see(value)
    for (const each of Object.values(value)) visit(each, see)
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null
}
