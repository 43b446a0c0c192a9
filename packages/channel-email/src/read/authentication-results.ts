/** What one trusted relay found out about a mail (RFC 8601): only the three methods that say something about the sender. */
export type RelayFindings = {
  dkim: { result: string; domain: string }[]
  spf: { result: string; domain: string }[]
  dmarc: { result: string; domain: string; policy: string } | undefined
}

const LONGEST = 16 * 1024

/**
 * The findings of the topmost Authentication-Results header that one of the trusted relays wrote. A relay must take out
 * headers that claim its name before adding its own (RFC 8601 §5), so those below the topmost one are never looked at.
 */
export function trustedFindings(headers: string[], trustedAuthservIds: string[]): RelayFindings | undefined {
  const trusted = new Set(trustedAuthservIds.map((id) => id.toLowerCase()))
  for (const header of headers) {
    const [id = '', ...methods] = splitOutsideQuotes(header.slice(0, LONGEST))
    const authservId = id.trim().split(/\s/, 1)[0]?.replace(/^"|"$/g, '').toLowerCase() ?? ''
    if (trusted.has(authservId)) return readMethods(methods)
  }
  return undefined
}

function readMethods(methods: string[]): RelayFindings {
  const findings: RelayFindings = { dkim: [], spf: [], dmarc: undefined }
  for (const method of methods) {
    const plain = withoutComments(method)
    const [, name = '', result = ''] = /^\s*([a-z0-9-]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/i.exec(plain) ?? []
    const kind = name.toLowerCase()
    const found = result.toLowerCase()
    if (kind === 'dkim')
      findings.dkim.push({ result: found, domain: property(plain, 'header.d') || property(plain, 'header.i') })
    if (kind === 'spf') findings.spf.push({ result: found, domain: property(plain, 'smtp.mailfrom') })
    if (kind === 'dmarc') {
      const policy = (property(plain, 'policy.dmarc') || /\bp=([a-z]+)/i.exec(method)?.[1]) ?? ''
      findings.dmarc ??= { result: found, domain: property(plain, 'header.from'), policy: policy.toLowerCase() }
    }
  }
  return findings
}

function property(method: string, name: string): string {
  const at = method.toLowerCase().indexOf(`${name}=`)
  if (at === -1) return ''
  const value = /^"?([^\s";]{1,320})/.exec(method.slice(at + name.length + 1))?.[1] ?? ''
  return value.slice(value.lastIndexOf('@') + 1).toLowerCase()
}

function splitOutsideQuotes(value: string): string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at++) {
    const char = value[at]
    if (char === '\\') {
      part += value.slice(at, at + 2)
      at++
      continue
    }
    if (char === '"' && depth === 0) isQuoted = !isQuoted
    else if (!isQuoted && char === '(') depth++
    else if (!isQuoted && char === ')' && depth > 0) depth--
    if (char === ';' && !isQuoted && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part]
}

function withoutComments(value: string): string {
  let plain = ''
  let depth = 0
  for (const char of value) {
    if (char === '(') depth++
    else if (char === ')' && depth > 0) depth--
    else if (depth === 0) plain += char
  }
  return plain
}
