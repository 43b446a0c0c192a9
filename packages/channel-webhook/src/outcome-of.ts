import type { Outcome, SafeFetchResult } from '@parley/channel-sdk'
import { seconds } from '@parley/model'

/**
 * What an endpoint's answer means, by the Standard Webhooks specification: taken is any 2xx, 410 means never again, anything else is tried
 * again, with the patience that 429 and 503 ask for. Redirects are not followed: whoever moves an endpoint proves the new one.
 */
export function outcomeOf(answer: SafeFetchResult, now: Date): Outcome {
  if (!answer.ok) return outcomeOfNone(answer)
  const { status, headers } = answer
  if (status >= 200 && status <= 299) return { status: 'sent' }
  if (status === 410) return { status: 'rejected', scope: 'address', reason: 'status-410' }
  if (status === 413) return { status: 'rejected', scope: 'message', reason: 'status-413' }
  const afterMs = status === 429 || status === 503 ? retryAfterMs(headers['retry-after'], now) : undefined
  return { status: 'retry', reason: `status-${status}`, ...(afterMs === undefined ? {} : { afterMs }) }
}

function outcomeOfNone({ because }: Extract<SafeFetchResult, { ok: false }>): Outcome {
  switch (because) {
    case 'bad-url':
    case 'not-public':
      return { status: 'rejected', scope: 'address', reason: because }
    // It answered, at greater length than anybody reads: whether it took this, nobody can tell.
    case 'too-large':
    case 'too-slow':
    case 'broken':
      return { status: 'unknown', reason: because }
    default:
      return { status: 'retry', reason: because }
  }
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function retryAfterMs(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,7}$/.test(text)) return seconds(Number(text))
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
