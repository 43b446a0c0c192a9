import { endOfQuoted, isToken, unquote } from '../parse/tokens.ts'

/** `Digest name=value, name="value"` of a challenge or of credentials; null for any other scheme and for what is malformed. */
export function digestParams(header: string): ReadonlyMap<string, string> | null {
  const scheme = /^digest\s+/i.exec(header)
  if (!scheme) return null
  const params = new Map<string, string>()
  let rest = header.slice(scheme[0].length)
  while (rest !== '') {
    const equals = rest.indexOf('=')
    const name = rest.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    if (!isToken(name)) return null
    const value = rest.slice(equals + 1).trimStart()
    const end = value[0] === '"' ? endOfQuoted(value, 0) : endOfBare(value)
    if (end === -1) return null
    // The first counts, as everywhere.
    if (!params.has(name))
      params.set(name, value[0] === '"' ? unquote(value.slice(0, end)) : value.slice(0, end).trim())
    rest = value.slice(end).trimStart()
    if (rest !== '' && rest[0] !== ',') return null
    rest = rest.slice(1).trimStart()
  }
  return params
}

function endOfBare(value: string): number {
  const end = value.indexOf(',')
  return end === -1 ? value.length : end
}
