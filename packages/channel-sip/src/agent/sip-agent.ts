import { randomBytes } from 'node:crypto'
import { answerChallenge, type Challenge, type Credentials, readChallenge } from '../digest/answer-challenge.ts'
import type { Via } from '../parse/parse-via.ts'
import { firstHeader, type SipRequest, type SipResponse } from '../parse/sip-message.ts'
import { type HeaderLines, writeMessage } from '../parse/write-message.ts'
import type { SipTimers } from '../transactions/timers.ts'
import { newBranch } from '../transactions/transaction-key.ts'
import type { Flow, Incoming, IncomingMessage, SipTransport, Target } from '../transports/flow.ts'
import { ClientTransactions, codeOf, type Heard } from './client-transactions.ts'
import { type FlowOptions, Flows } from './flows.ts'
import { judgeRequest } from './judge-request.ts'
import { type Listeners, type ListenOptions, listenAll } from './listen-all.ts'
import { replyFlow } from './reply-flow.ts'
import { ServerTransactions } from './server-transactions.ts'
import { type Answer, writeResponse } from './write-response.ts'

export interface AgentOptions {
  readonly listen: ListenOptions
  /** The name by which we are reached from outside: in Via and Contact, and nothing else of this machine. */
  readonly publicHost: string
  /** Where a mapping in front of us changes the port; else the one listened on. */
  readonly publicPort?: number
  readonly credentials: Credentials | null
  readonly timers: SipTimers
  readonly flows: FlowOptions
  readonly mostTransactions: number
  readonly methods: readonly string[]
  /** Monotonic, in milliseconds. */
  now(): number
  /** Answers a request; called once for each, and not for repetitions. A rejection becomes 503. */
  answer(request: SipRequest, raw: Uint8Array, flow: Flow): Promise<Answer>
}

export interface OutRequest {
  readonly method: string
  readonly uri: string
  readonly from: string
  readonly to: string
  readonly callId: string
  /** Rises with every request of one Call-ID. */
  readonly cseq: number
  readonly headers: HeaderLines
  readonly body: Uint8Array
}

export interface SipAgent {
  readonly ports: Listeners['ports']
  /** `sip:user@host:port;transport=…`, for Contact. */
  contact(user: string, transport: SipTransport): string
  /** Tries the targets in turn while it is certain that nothing arrived; answers challenges. `usedCseq` is the last number used. */
  request(request: OutRequest, targets: readonly Target[]): Promise<Heard & { usedCseq: number }>
  keepAlive(): Promise<void>
  close(): Promise<void>
}

/** The largest request that goes by datagram: 200 bytes below the smallest MTU in use (RFC 3261 §18.1.1). */
const mostByDatagram = 1_300

export async function startAgent(options: AgentOptions): Promise<SipAgent> {
  const { timers, now, publicHost } = options
  const clients = new ClientTransactions(timers, now)
  const servers = new ServerTransactions(timers, now, options.mostTransactions)
  // Tells our own Via from one that anybody else wrote in our name.
  const mark = randomBytes(6).toString('hex')
  const isOurs = ({ host, params }: Via) =>
    host === publicHost.toLowerCase() && (params.get('branch')?.includes(`.${mark}`) ?? false)
  const takeRequest = (request: SipRequest, raw: Uint8Array, flow: Flow) => {
    const reply = replyFlow(request.via[0], flow, listeners.udp)
    const write = (answer: Answer) => writeResponse(request.headers, answer, flow, newTag())
    const statelessly = (answer: Answer) => void reply.send(write(answer)).catch(() => undefined)
    const verdict = judgeRequest(request, { methods: options.methods, isOurs })
    if (verdict.kind === 'ignore') return
    if (verdict.kind === 'refuse') return statelessly(verdict.answer)
    const met = servers.meet(request, flow)
    if (met.kind === 'merged') return statelessly({ status: 482, reason: 'Merged request' })
    if (met.kind === 'too-many') return statelessly({ status: 503, headers: [['Retry-After', '10']] })
    if (met.kind === 'new') {
      options.answer(request, raw, flow).then(
        (answer) => met.answer(write(answer), reply),
        () => met.answer(write({ status: 503, headers: [['Retry-After', '30']] }), reply),
      )
    }
  }
  const incoming: Incoming = {
    message: ({ parsed, raw }: IncomingMessage, flow) => {
      if (!parsed.ok) {
        const { refusal } = parsed
        if (!refusal || refusal.status === null || refusal.method === 'ACK' || !refusal.headers.has('via')) return
        const answer = { status: refusal.status, reason: refusal.text }
        flow.send(writeResponse(refusal.headers, answer, flow, newTag())).catch(() => undefined)
      } else if (parsed.message.kind === 'request') takeRequest(parsed.message, raw, flow)
      else if (parsed.message.via.length === 1 && isOurs(parsed.message.via[0])) clients.hear(parsed.message)
    },
    closed: (flow) => clients.flowEnded(flow),
  }
  const listeners = await listenAll(options.listen, incoming)
  const flows = new Flows(listeners.udp, options.flows, incoming)
  const portOf = (transport: SipTransport) => options.publicPort ?? listeners.ports[transport] ?? null
  const sentBy = (transport: SipTransport) => {
    const port = portOf(transport)
    return port === null ? publicHost : `${publicHost}:${port}`
  }

  const sendOnce = async (request: OutRequest, target: Target, more: HeaderLines): Promise<Heard> => {
    const branch = `${newBranch(randomBytes(10).toString('hex'))}.${mark}`
    const write = (transport: SipTransport) =>
      writeMessage(
        `${request.method} ${request.uri} SIP/2.0`,
        [
          ['Via', `SIP/2.0/${transport} ${sentBy(transport)};branch=${branch};rport`],
          ['Max-Forwards', '70'],
          ['From', request.from],
          ['To', request.to],
          ['Call-ID', request.callId],
          ['CSeq', `${request.cseq} ${request.method}`],
          ...request.headers,
          ...more,
        ],
        request.body,
      )
    const bytes = write(target.transport)
    const tries: Target[] =
      target.transport === 'UDP' && bytes.length > mostByDatagram ? [{ ...target, transport: 'TCP' }, target] : [target]
    let reason = 'not reachable'
    for (const each of tries) {
      try {
        const flow = await flows.flowTo(each)
        return await clients.run(each === target ? bytes : write(each.transport), branch, request.method, flow)
      } catch (error) {
        reason = codeOf(error)
      }
    }
    return { kind: 'unsent', reason }
  }

  // What each peer asked last: the next request shows a password of its own accord, and saves the way there and back.
  const lastAsked = new Map<string, Shown>()
  const sendWithCredentials = async (request: OutRequest, target: Target): Promise<Heard & { usedCseq: number }> => {
    const { credentials } = options
    const peer = `${target.transport} ${target.address} ${target.port}`
    let shown = lastAsked.get(peer)
    let isNew = false
    for (let cseq = request.cseq; ; cseq++) {
      const more: HeaderLines =
        shown && credentials
          ? [
              [
                shown.header,
                answerChallenge(shown.challenge, credentials, request, { cnonce: newTag(), count: ++shown.count }),
              ],
            ]
          : []
      const heard = await sendOnce({ ...request, cseq }, target, more)
      const asked = heard.kind === 'response' ? challengeIn(heard.response) : null
      // Asked again for what was just shown, and not because it was stale: it is wrong.
      const isHopeless = (isNew && !asked?.challenge.isStale) || cseq - request.cseq >= 3
      if (!asked || !credentials || isHopeless) return { ...heard, usedCseq: cseq }
      shown = { ...asked, count: 0 }
      isNew = true
      if (lastAsked.size < mostPeers) lastAsked.set(peer, shown)
    }
  }

  return {
    ports: listeners.ports,
    contact: (user, transport) => {
      const param = transport === 'UDP' ? '' : `;transport=${transport.toLowerCase()}`
      return `<sip:${user}${user ? '@' : ''}${sentBy(transport)}${param}>`
    },
    async request(request, targets) {
      let heard: Heard & { usedCseq: number } = { kind: 'unsent', reason: 'no such host', usedCseq: request.cseq }
      for (const target of targets) {
        heard = await sendWithCredentials({ ...request, cseq: heard.usedCseq }, target)
        const isElsewhere = heard.kind === 'unsent' || (heard.kind === 'response' && heard.response.status === 503)
        if (!isElsewhere) return heard
      }
      return heard
    },
    keepAlive: () => flows.keepAlive(),
    async close() {
      clients.close()
      flows.close()
      await listeners.close()
      servers.close()
    },
  }
}

// Without a proxy there is a peer for each domain.
const mostPeers = 1_000

interface Shown {
  readonly header: string
  readonly challenge: Challenge
  count: number
}

function challengeIn({ status, headers }: SipResponse): Omit<Shown, 'count'> | null {
  const [name, header] =
    status === 401
      ? ['www-authenticate', 'Authorization']
      : status === 407
        ? ['proxy-authenticate', 'Proxy-Authorization']
        : []
  const challenge = name ? readChallenge(headers.get(name) ?? []) : null
  return challenge && header ? { header, challenge } : null
}

export function newTag(): string {
  return randomBytes(8).toString('hex')
}

/** Seconds that a response asks us to wait (RFC 3261 §20.33), in milliseconds. */
export function retryAfterMs({ headers }: SipResponse): number | undefined {
  const digits = /^\d{1,6}/.exec(firstHeader(headers, 'retry-after') ?? '')?.[0]
  return digits === undefined ? undefined : Math.min(Number(digits), 3_600) * 1_000
}
