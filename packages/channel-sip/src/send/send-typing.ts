import { performance } from 'node:perf_hooks'
import type { OutboundTyping } from '@parley/channel-sdk'
import { newTag, type OutRequest, type SipAgent } from '../agent/sip-agent.ts'
import { parseUri, type SipAddress } from '../parse/parse-uri.ts'
import { writeIsComposing } from '../take/is-composing.ts'
import type { Target } from '../transports/flow.ts'
import { fromHeader } from './compose-message.ts'
import type { TypingOut } from './typing-out.ts'

export interface SendTypingParts {
  readonly agent: SipAgent
  readonly domain: string
  readonly typing: TypingOut
  targetsFor(uri: SipAddress): Promise<readonly Target[]>
}

/** Passes on that somebody types (RFC 3994), when that is worth a message. Nobody waits for what becomes of it. */
export function sendTyping({ agent, domain, typing, targetsFor }: SendTypingParts): (signal: OutboundTyping) => void {
  let underWay = 0
  const tell = async ({ to, token, isTyping }: OutboundTyping, address: SipAddress) => {
    const request: OutRequest = {
      method: 'MESSAGE',
      uri: to,
      from: fromHeader(token, '', domain, newTag()),
      to: `<${to}>`,
      callId: `${newTag()}@${domain}`,
      cseq: 1,
      headers: [['Content-Type', 'application/im-iscomposing+xml']],
      body: writeIsComposing(isTyping),
    }
    underWay++
    try {
      await agent.request(request, await targetsFor(address))
    } finally {
      underWay--
    }
  }
  return (signal: OutboundTyping) => {
    const uri = parseUri(signal.to)
    if (!uri.ok || uri.value.kind !== 'sip' || underWay >= mostTyping) return
    const now = performance.now()
    typing.tidy(now)
    if (typing.tells(signal, now)) tell(signal, uri.value).catch(() => undefined)
  }
}

// A hint may be dropped, and messages go first.
const mostTyping = 200
