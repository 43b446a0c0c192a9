import type { Outcome } from '@parley/channel-sdk'
import type { PostAnswer } from './post.ts'

/** The longest wait that a push service may ask for: what is older than a day, nobody wants to be told. */
const longestMs = 86_400_000

/** What an answer of a push service means (RFC 8030 §5, §8.4). */
export function outcomeOf(answer: PostAnswer, now = new Date()): Outcome {
  if (answer.kind === 'broken') {
    return { status: answer.isSent ? 'unknown' : 'retry', reason: answer.reason }
  }
  const { status } = answer
  const reason = `answered ${status}`
  if (status >= 200 && status < 300) return { status: 'sent' }
  // Gone, or never there: the browser dropped the subscription.
  if (status === 404 || status === 410) return { status: 'rejected', scope: 'address', reason }
  // Our key is not the one that the browser subscribed under.
  if (status === 401 || status === 403) return { status: 'rejected', scope: 'address', reason }
  if (status === 429 || status >= 500) {
    const afterMs = waitOf(answer.retryAfter, now)
    return { status: 'retry', reason, ...(afterMs === null ? {} : { afterMs }) }
  }
  return { status: 'rejected', scope: 'message', reason }
}

/** Retry-After is a number of seconds or a date (RFC 9110 §10.2.3). */
function waitOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null) return null
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now.getTime()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestMs) : null
}
