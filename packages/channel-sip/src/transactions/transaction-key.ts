import type { SipRequest, SipResponse } from '../parse/sip-message.ts'

const cookie = 'z9hG4bK'

/** A branch that says it is unique and is nothing (RFC 4475 §3.2.1). */
export function isEmptyBranch(branch: string | null | undefined): boolean {
  return branch?.toLowerCase() === cookie.toLowerCase()
}

/** Which server transaction a request belongs to (RFC 3261 §17.2.3); of a peer of RFC 2543 by everything that it does not change. */
export function serverKey(request: SipRequest): string {
  const [top] = request.via
  const branch = top.params.get('branch') ?? ''
  if (branch.startsWith(cookie)) return join(branch, top.host, String(top.port ?? ''), request.method)
  const { uri, from, callId, cseq, to } = request
  const tags = [from.params.get('tag') ?? '', to.params.get('tag') ?? '']
  return join(uri.text, ...tags, callId, String(cseq.number), cseq.method, top.text)
}

/** The same for all copies of a request that reach us over several ways (RFC 3261 §8.2.2.2); null within a dialog. */
export function mergeKey({ from, to, callId, cseq }: SipRequest): string | null {
  return to.params.has('tag') ? null : join(callId, String(cseq.number), cseq.method, from.params.get('tag') ?? '')
}

/** Which client transaction a response belongs to (RFC 3261 §17.1.3). */
export function clientKey({ via, cseq }: SipResponse): string {
  return join(via[0].params.get('branch') ?? '', cseq.method)
}

export function clientKeyFor(branch: string, method: string): string {
  return join(branch, method)
}

export function newBranch(random: string): string {
  return `${cookie}${random}`
}

// None of the parts can hold a space.
function join(...parts: string[]): string {
  return parts.join(' ')
}
