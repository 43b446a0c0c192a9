/** RFC 6120 §8.3.2 */
export type ErrorType = 'cancel' | 'continue' | 'modify' | 'auth' | 'wait'

/** RFC 6120 §8.3.3 */
export type ErrorCondition = (typeof conditions)[number]

const conditions = [
  'bad-request',
  'conflict',
  'feature-not-implemented',
  'forbidden',
  'gone',
  'internal-server-error',
  'item-not-found',
  'jid-malformed',
  'not-acceptable',
  'not-allowed',
  'not-authorized',
  'payment-required',
  'policy-violation',
  'recipient-unavailable',
  'redirect',
  'registration-required',
  'remote-server-not-found',
  'remote-server-timeout',
  'resource-constraint',
  'service-unavailable',
  'subscription-required',
  'undefined-condition',
  'unexpected-request',
] as const

export function isCondition(name: string): name is ErrorCondition {
  return conditions.some((one) => one === name)
}

export function isErrorType(word: string | undefined): word is ErrorType {
  return word !== undefined && ['cancel', 'continue', 'modify', 'auth', 'wait'].includes(word)
}

/** What a message that came back means for its delivery. */
export type BounceVerdict =
  | { worthRetrying: true; reason: string }
  | { worthRetrying: false; scope: 'address' | 'message'; reason: string }

/**
 * `service-unavailable` is what servers answer for a user they do not have (so that nobody can probe for names, RFC 6121 §8.5.1), and for
 * one who blocks us (XEP-0191 §3.6); `not-allowed` is Prosody's for a domain that it may not speak with: either way that address is no way
 * to this person.
 */
const badAddress: ReadonlySet<ErrorCondition> = new Set([
  'forbidden',
  'not-allowed',
  'gone',
  'item-not-found',
  'jid-malformed',
  'redirect',
  'registration-required',
  'remote-server-not-found',
  'service-unavailable',
  'subscription-required',
])

const passing: ReadonlySet<ErrorCondition> = new Set([
  'internal-server-error',
  'recipient-unavailable',
  'remote-server-timeout',
  'resource-constraint',
])

export function judgeBounce(type: ErrorType, condition: ErrorCondition): BounceVerdict {
  const reason = `the other server says ${condition}`
  // Servers write remote-server-not-found with `wait` too; a name that is not in the DNS seldom comes.
  if (badAddress.has(condition) && !(type === 'wait' && condition === 'service-unavailable')) {
    return { worthRetrying: false, scope: 'address', reason }
  }
  if (passing.has(condition) || type === 'wait') return { worthRetrying: true, reason }
  return { worthRetrying: false, scope: 'message', reason }
}
