import type { Outcome } from '@parley/channel-sdk'

/** How an attempt to hand over a mail failed. */
export interface SendFailure {
  /** Which step of RFC 5321 it failed at; `body` ends with the final dot, `after-dot` is the wait for the answer. */
  at: 'connect' | 'sign-in' | 'sender' | 'recipient' | 'data' | 'body' | 'after-dot'
  /** What the peer said, or null when the connection or our own side failed. */
  reply: SmtpReply | null
  /** Short and ours. */
  reason: string
}

interface SmtpReply {
  code: number
  text: string
}

/** What a failure means for the delivery. */
export function outcomeOf({ at, reply, reason }: SendFailure): Outcome {
  if (reply === null) {
    // The peer may have taken it just before the line broke: only here nobody can know.
    return at === 'after-dot' ? { status: 'unknown', reason } : { status: 'retry', reason }
  }
  const told = `${reply.code} ${withoutIdentities(reply.text)}`.trim()
  // 503 and 421 speak of the session and not of the mail; what is wrong with our sign-in is for the operator to mend.
  if (reply.code < 500 || reply.code === 503 || at === 'sign-in' || at === 'connect') return later(reply, told)
  const status = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(reply.text)
  const [subject, detail] = [Number(status?.[1]), Number(status?.[2])]
  // RFC 3463 §3.2: X.1.n is about the address, except the sender's (7, 8); 5.2.1 is a mailbox switched off.
  const badAddress = status
    ? (subject === 1 && detail !== 7 && detail !== 8) || (subject === 2 && detail === 1)
    : at === 'recipient' && [550, 551, 553].includes(reply.code)
  const scope = badAddress && at !== 'sender' ? 'address' : 'message'
  return { status: 'rejected', scope, reason: told }
}

function later(reply: SmtpReply, reason: string): Outcome {
  const named = /\b(\d{1,5}) ?(s|sec|second|m|min|minute)s?\b/i.exec(reply.text)
  const greylisted = /gr[ea]y ?-?list/i.test(reply.text)
  if (!greylisted) return { status: 'retry', reason }
  const unitMs = named?.[2]?.toLowerCase().startsWith('m') ? 60_000 : 1_000
  const afterMs = named ? Number(named[1]) * unitMs : 300_000
  return { status: 'retry', reason: `${reason} (greylisted)`, afterMs: Math.min(Math.max(afterMs, 10_000), 3_600_000) }
}

/** What a peer says often repeats the address, and names machines: a reason may be shown to the other side, so neither stays in it. */
function withoutIdentities(text: string): string {
  return text
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/<[^<>]*>|\S+@\S+/g, '…')
    .replace(/\[?\b\d{1,3}(?:\.\d{1,3}){3}\b\]?|\[?\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\b\]?/gi, '…')
    .replace(/\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}\b/gi, '…')
    .replace(/[^\x20-\x7e…]+/g, ' ')
    .slice(0, 200)
    .trim()
}
