/** Compact forms (RFC 3261 §7.3.3 and the registry that followed). */
const compact: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
}

export function longName(name: string): string {
  const lower = name.toLowerCase()
  return lower.length === 1 ? (compact[lower] ?? lower) : lower
}

/** Of these a message has one: two would let two readers understand two things (RFC 4475 §3.3.8, §3.3.9). */
export const singleHeaders: readonly string[] = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'date',
  'expires',
  'mime-version',
]
