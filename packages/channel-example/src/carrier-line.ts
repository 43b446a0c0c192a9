/**
 * What the carrier says: one JSON object on a line. `id`s are the carrier's own for what it brings, and ours for what it answers to.
 * Everything in it is hostile until it has come through here.
 */
export type CarrierLine =
  /** Somebody says something to one of our addresses. Answered by `took`, `refused` or `later`. */
  | { kind: 'said'; id: string; from: string; to: string; text: string }
  | { kind: 'typing'; from: string; to: string; isTyping: boolean }
  /** The answer to what we said: it took responsibility, or never will. */
  | { kind: 'took'; id: string }
  | { kind: 'refused'; id: string; why: string }
  /** What became of it afterwards. */
  | { kind: 'delivered'; id: string }
  | { kind: 'lost'; id: string; why: string }

/** A longer line is no line of the carrier's. */
export const longestLine = 20_000

/** Null for what is not understood: a peer that says something new must not be able to end the connection by it. */
export function readLine(line: string): CarrierLine | null {
  const value = parse(line)
  if (value === null) return null
  const text = (name: string, most: number) => {
    const found = value[name]
    return typeof found === 'string' && found !== '' && found.length <= most ? found : null
  }
  const [kind, id, from, to] = [text('kind', 20), text('id', 100), text('from', 200), text('to', 200)]
  switch (kind) {
    case 'said': {
      const said = text('text', 10_000)
      return id && from && to && said ? { kind, id, from, to, text: said } : null
    }
    case 'typing':
      return from && to ? { kind, from, to, isTyping: value.isTyping === true } : null
    case 'took':
    case 'delivered':
      return id ? { kind, id } : null
    case 'refused':
    case 'lost':
      return id ? { kind, id, why: text('why', 200) ?? 'without a reason' } : null
    default:
      return null
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
