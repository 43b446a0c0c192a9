/** The methods of SIP (RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665). Whatever else one may name, no SIP element has. */
const known: ReadonlySet<string> = new Set([
  'ACK',
  'BYE',
  'CANCEL',
  'INFO',
  'INVITE',
  'MESSAGE',
  'NOTIFY',
  'OPTIONS',
  'PRACK',
  'PUBLISH',
  'REFER',
  'REGISTER',
  'SUBSCRIBE',
  'UPDATE',
])

export function isKnownMethod(method: string): boolean {
  return known.has(method)
}
