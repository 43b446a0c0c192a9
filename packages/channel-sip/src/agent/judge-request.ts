import { isKnownMethod } from '../parse/methods.ts'
import type { Via } from '../parse/parse-via.ts'
import type { SipRequest } from '../parse/sip-message.ts'
import { isEmptyBranch } from '../transactions/transaction-key.ts'
import type { Answer } from './write-response.ts'

export interface JudgeContext {
  readonly methods: readonly string[]
  /** Did we write this Via? */
  isOurs(via: Via): boolean
}

export type RequestVerdict =
  | { readonly kind: 'take' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'refuse'; readonly answer: Answer }

/**
 * What a user agent server looks at before the content (RFC 3261 §8.2). Max-Forwards is not among it: it is for those who forward, and we
 * are the end of the way (RFC 4475 §3.3.11).
 */
export function judgeRequest(request: SipRequest, { methods, isOurs }: JudgeContext): RequestVerdict {
  const { method, uri, via, headers } = request
  if (method === 'ACK') return { kind: 'ignore' }
  if (isEmptyBranch(via[0].params.get('branch'))) return refuse({ status: 400, reason: 'Empty branch in Via' })
  // Nothing of ours can be called back: what is not an INVITE is answered at once.
  if (method === 'CANCEL') return refuse({ status: 481 })
  if (!methods.includes(method)) {
    return refuse({ status: isKnownMethod(method) ? 405 : 501, headers: [['Allow', methods.join(', ')]] })
  }
  if (uri.kind !== 'sip') return refuse({ status: 416 })
  if (via.some(isOurs)) return refuse({ status: 482 })
  const required = (headers.get('require') ?? [])
    .flatMap((line) => line.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  if (required.length > 0) return refuse({ status: 420, headers: [['Unsupported', required.join(', ')]] })
  return { kind: 'take' }
}

function refuse(answer: Answer): RequestVerdict {
  return { kind: 'refuse', answer }
}
