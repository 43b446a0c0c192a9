import { isUtf8 } from 'node:buffer'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CloseCode, closeCodes, type PollRequest, toPollRequest } from '@parley/protocol'
import type { Shared } from './connection.ts'
import { PollConnection } from './poll-connection.ts'
import type { ConnectionFacts } from './web-host.ts'

/** Room beside the frames for `session`, `ack` and the brackets. */
const envelopeBytes = 4096

/** What the door asks of the books that sockets share with polls. */
export interface Admittance {
  facts(request: IncomingMessage, transport: 'poll'): ConnectionFacts
  isAllowedOrigin(origin: string | undefined): boolean
  hasRoom(ip: string): boolean
  enter(connection: PollConnection): void
}

/** POST `/rt/poll`: finds or begins the connection that a request belongs to. */
export class PollDoor {
  readonly #shared: Shared
  readonly #admittance: Admittance
  /** Closed ones too, until they expire: their last answer may have to be given again. */
  readonly #connections = new Map<string, PollConnection>()

  constructor(shared: Shared, admittance: Admittance) {
    this.#shared = shared
    this.#admittance = admittance
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      refuse(response, 405, closeCodes.malformed, 'Use POST.')
      return
    }
    const facts = this.#admittance.facts(request, 'poll')
    if (!this.#admittance.isAllowedOrigin(facts.origin)) {
      refuse(response, 403, closeCodes.unauthorised, 'This page may not connect here.')
      return
    }
    const body = await readBody(request, this.#shared.limits.maxFrameBytes + envelopeBytes)
    if (body === 'too-large') {
      refuse(response, 413, closeCodes.tooLarge, 'The request was too large.')
      return
    }
    if (body === 'cut') return
    const poll = parsePoll(body)
    if (!poll) {
      refuse(response, 400, closeCodes.malformed, 'That was not a poll of this protocol.')
      return
    }
    const found = this.#find(poll, request, facts)
    if ('code' in found) {
      refuse(response, found.status, found.code, found.reason)
      return
    }

    const answer = (json: string) => give(response, 200, json)
    response.once('close', () => found.dropped(answer))
    found.poll(poll, answer)
  }

  sweep(now: number): void {
    for (const [id, connection] of this.#connections) {
      if (!connection.expired(now)) continue
      this.#connections.delete(id)
      connection.expire()
    }
  }

  /** Answers every request that is being held. */
  flush(): void {
    for (const connection of this.#connections.values()) connection.flush()
  }

  #find(poll: PollRequest, request: IncomingMessage, facts: ConnectionFacts): PollConnection | Refusal {
    if (poll.session !== undefined) {
      const known = this.#connections.get(poll.session)
      // One answer for "never was", "is over" and "not yours". The client says hello again and resumes by its cursors.
      if (!known || !timingSafeEqual(known.tokenHash, hashOf(bearer(request)))) {
        return { status: 410, code: closeCodes.goingAway, reason: 'This connection is over. Say hello again.' }
      }
      return known
    }
    const [hello] = poll.frames
    if (hello?.t !== 'hello') {
      return { status: 400, code: closeCodes.malformed, reason: 'The first frame must be hello.' }
    }
    if (!this.#admittance.hasRoom(facts.ip)) {
      return { status: 429, code: closeCodes.tooMany, reason: 'Too many connections from your address.' }
    }
    const id = randomBytes(16).toString('base64url')
    const connection = new PollConnection(this.#shared, facts, id, hashOf(hello.token))
    this.#connections.set(id, connection)
    this.#admittance.enter(connection)
    return connection
  }
}

interface Refusal {
  status: number
  code: CloseCode
  reason: string
}

function parsePoll(body: Buffer): PollRequest | null {
  if (!isUtf8(body)) return null
  try {
    return toPollRequest(JSON.parse(body.toString('utf8')))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()

function bearer(request: IncomingMessage): string {
  const header = request.headers.authorization ?? ''
  return header.toLowerCase().startsWith('bearer ') ? header.slice(7).trim() : ''
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'cut'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large'
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      bytes += chunk.length
      if (bytes > maxBytes) return 'too-large'
      chunks.push(chunk)
    }
  } catch {
    // The client hung up in the middle: there is nobody to answer.
    return 'cut'
  }
  return Buffer.concat(chunks)
}

/** The same shape as a closed connection has, so that a client needs one way to understand it. */
function refuse(response: ServerResponse, status: number, code: CloseCode, reason: string): void {
  // What is left of a body that was not read must not be taken for the next request.
  if (status === 413) response.setHeader('connection', 'close')
  give(response, status, JSON.stringify({ session: '', seq: 0, taken: 0, frames: [], close: { code, reason } }))
}

function give(response: ServerResponse, status: number, json: string): void {
  if (response.writableEnded || response.destroyed) return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(json)
}
