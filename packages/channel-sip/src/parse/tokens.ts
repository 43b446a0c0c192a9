/** token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~" ), RFC 3261 §25.1. */
const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/

export function isToken(text: string): boolean {
  return token.test(text)
}

/** The end of the quoted string that begins at `at` (behind its closing quote), or -1 when it does not end. */
export function endOfQuoted(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index++) {
    const char = text[index]
    if (char === '\\') index++
    else if (char === '"') return index + 1
  }
  return -1
}

/** What a quoted string with its quotes stands for. */
export function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gsu, '$1')
}

/** As a quoted string; what cannot stand in one is left out. */
export function quote(text: string): string {
  return `"${text.replace(/\p{Cc}/gu, ' ').replace(/["\\]/g, '\\$&')}"`
}

/** Values that share a header line: split at commas outside quotes and angle brackets. Null when a quote does not end. */
export function splitValues(text: string): string[] | null {
  if (!text.includes(',')) return text.includes('"') && !closes(text) ? null : [text.trim()]
  const values: string[] = []
  let from = 0
  let isInside = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (char === '"') {
      const end = endOfQuoted(text, index)
      if (end === -1) return null
      index = end - 1
    } else if (char === '<') isInside = true
    else if (char === '>') isInside = false
    else if (char === ',' && !isInside) {
      values.push(text.slice(from, index).trim())
      from = index + 1
    }
  }
  values.push(text.slice(from).trim())
  return values
}

function closes(text: string): boolean {
  for (let index = text.indexOf('"'); index !== -1; ) {
    const end = endOfQuoted(text, index)
    if (end === -1) return false
    index = text.indexOf('"', end)
  }
  return true
}
