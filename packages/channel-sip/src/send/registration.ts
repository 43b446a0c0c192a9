import { setTimeout as sleep } from 'node:timers/promises'
import { retryAfterMs, type SipAgent } from '../agent/sip-agent.ts'
import { readAddresses } from '../parse/parse-fields.ts'
import { firstHeader, type SipResponse } from '../parse/sip-message.ts'
import type { Target } from '../transports/flow.ts'

export interface RegistrationOptions {
  /** The address of record: `sip:parley@example.org`. */
  readonly address: string
  /** `sip:example.org` */
  readonly registrar: string
  /** As it stands in the header, brackets and all. */
  readonly contact: string
  readonly expiresSeconds: number
  readonly callId: string
  targets(): Promise<readonly Target[]>
  /** Null: registered. */
  onStanding(trouble: string | null): void
}

export interface Registration {
  /** The connection is gone: register anew. */
  again(): void
  /** Takes the contact back, as far as that is possible. */
  stop(): Promise<void>
}

/** Keeps us registered (RFC 3261 §10.2): refreshed at half its time, tried again with growing pauses. */
export function keepRegistered(agent: SipAgent, options: RegistrationOptions): Registration {
  let cseq = 1
  let expires = options.expiresSeconds
  let wake = new AbortController()
  let isStopped = false
  let failures = 0
  const register = async (seconds: number): Promise<SipResponse | string> => {
    const heard = await agent.request(
      {
        method: 'REGISTER',
        uri: options.registrar,
        from: `<${options.address}>;tag=${options.callId.slice(0, 12)}`,
        to: `<${options.address}>`,
        callId: options.callId,
        cseq,
        headers: [
          ['Contact', options.contact],
          ['Expires', String(seconds)],
        ],
        body: new Uint8Array(),
      },
      await options.targets(),
    )
    cseq = heard.usedCseq + 1
    return heard.kind === 'response' ? heard.response : heard.reason
  }

  /** When to come again, in milliseconds. */
  const once = async (): Promise<number> => {
    const response = await register(expires)
    if (typeof response !== 'string' && response.status < 300) {
      failures = 0
      options.onStanding(null)
      return Math.max(grantedSeconds(response, options.contact, expires) * 500, 1_000)
    }
    const shortest = typeof response === 'string' ? null : shortestOf(response)
    // 423: the registrar wants longer ones (RFC 3261 §10.2.8); one that is satisfied with nothing is not asked at once again.
    if (shortest !== null && shortest > expires) {
      expires = shortest
      return 0
    }
    failures++
    options.onStanding(typeof response === 'string' ? response : `the registrar said ${response.status}`)
    const asked = typeof response === 'string' ? undefined : retryAfterMs(response)
    return asked ?? Math.min(1_000 * 2 ** Math.min(failures, 6), 60_000)
  }

  const run = async () => {
    while (!isStopped) {
      const pauseMs = await once()
      await sleep(pauseMs, undefined, { signal: wake.signal, ref: false }).catch(() => undefined)
      wake = new AbortController()
    }
  }
  const running = run()
  return {
    again: () => wake.abort(),
    async stop() {
      isStopped = true
      wake.abort()
      const goodbye = running.then(() => register(0))
      await Promise.race([goodbye, sleep(2_000, undefined, { ref: false })])
    },
  }
}

/** What the registrar grants stands with our own contact, or in Expires. */
function grantedSeconds(response: SipResponse, contact: string, asked: number): number {
  const uri = contact.replace(/^<|>$/g, '')
  const own = (response.headers.get('contact') ?? [])
    .flatMap((line) => readAddresses(line) ?? [])
    .find((each) => each.uri.text.toLowerCase() === uri.toLowerCase())
  const text = own?.params.get('expires') ?? firstHeader(response.headers, 'expires')
  return text && /^\d{1,7}$/.test(text) ? Number(text) : asked
}

function shortestOf({ status, headers }: SipResponse): number | null {
  const text = firstHeader(headers, 'min-expires') ?? ''
  return status === 423 && /^\d{1,6}$/.test(text) ? Number(text) : null
}
