import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { judgeRequest } from './agent/judge-request.ts'
import { reasonPhrase } from './agent/reason-phrases.ts'
import { parseDatagram } from './parse/parse-message.ts'
import type { SipUri } from './parse/parse-uri.ts'
import type { NameAddress, SipMessage, SipRequest } from './parse/sip-message.ts'
import { ourMethods } from './take/answer-requests.ts'
import { contentType } from './take/content-type.ts'
import { decodeContent } from './take/decode-content.ts'
import { readBody } from './take/read-body.ts'

/** What was understood of a message, or why it was refused, as plain JSON: for operators who need to understand one, and for tests. */
export type SipInspection =
  | { kind: 'empty' }
  /** `status`: what its sender would be told; null for a response, and for what is no SIP. */
  | { kind: 'refused'; because: string; text: string; status: number | null }
  | ({ kind: 'request' | 'response' } & Record<string, unknown>)

/** One datagram. A request is judged as by an element that knows every method; what Parley itself would say to it is `answer`. */
export function inspectSip(raw: Uint8Array): SipInspection {
  const parsed = parseDatagram(raw)
  if (!parsed.ok) {
    if (!parsed.refusal) return { kind: 'empty' }
    const { because, text, status } = parsed.refusal
    return { kind: 'refused', because, text, status }
  }
  const { message } = parsed
  if (message.kind === 'response')
    return { ...common(message), kind: 'response', status: message.status, reason: message.reason }
  const refused = refusalOf(message)
  if (refused) return { kind: 'refused', ...refused }
  return {
    ...common(message),
    kind: 'request',
    method: message.method,
    uri: uriOf(message.uri),
    maxForwards: message.maxForwards,
    answer: answerOf(message),
    ...(message.method === 'MESSAGE' ? { said: saidIn(message) } : {}),
  }
}

function refusalOf(request: SipRequest): { because: string; text: string; status: number } | null {
  const verdict = judgeRequest(request, { methods: [request.method], isOurs: () => false })
  if (verdict.kind === 'refuse') {
    const { status, reason } = verdict.answer
    return { because: because[status] ?? 'content', text: reason ?? reasonPhrase(status), status }
  }
  const status = contentStatus(request)
  return status === null ? null : { because: because[status] ?? 'content', text: reasonPhrase(status), status }
}

const because: Readonly<Record<number, string>> = {
  400: 'via',
  406: 'accept',
  415: 'content-type',
  416: 'request-uri',
  420: 'require',
  481: 'cancel',
}

/** 415 for a body that nobody would know, 406 for an INVITE whose sender would not take what is answered (RFC 4475 §3.3.6, §3.3.15). */
function contentStatus({ headers, body, method }: SipRequest): number | null {
  const type = contentType(headers.get('content-type')?.[0])?.name ?? ''
  if (!decodeContent(headers.get('content-encoding') ?? [], body, 100_000)) return 415
  if (
    body.length > 0 &&
    !/^(?:multipart|message)\/|^text\/plain$|^application\/(?:sdp|pidf\+xml|im-iscomposing\+xml)$/.test(type)
  ) {
    return 415
  }
  const accepted = headers.get('accept')?.join(',')
  return method === 'INVITE' && accepted !== undefined && !/application\/(?:sdp|\*)|\*\/\*/i.test(accepted) ? 406 : null
}

/** What Parley says; null where that depends on whose address it is and on what the server makes of the message. */
function answerOf(request: SipRequest): { status: number; reason: string } | null {
  const verdict = judgeRequest(request, { methods: ourMethods, isOurs: () => false })
  if (verdict.kind === 'refuse') {
    const { status, reason } = verdict.answer
    return { status, reason: reason ?? reasonPhrase(status) }
  }
  return request.method === 'OPTIONS' ? { status: 200, reason: 'OK' } : null
}

function saidIn({ headers, body }: SipRequest) {
  const read = readBody(headers, body)
  if (read.kind !== 'text') return read
  const attachments = read.attachments.map(({ name, type, bytes }) => ({ name, type, size: bytes.length }))
  return { kind: 'text', text: read.text, attachments }
}

function common({ via, from, to, callId, cseq, headers, body }: SipMessage) {
  return {
    via: via.map(({ transport, host, port, params }) => ({
      transport,
      host,
      port,
      params: Object.fromEntries(params),
    })),
    from: addressOf(from),
    to: addressOf(to),
    callId,
    cseq,
    headers: Object.fromEntries(headers),
    body: { size: body.length, text: Buffer.from(body).toString('utf8') },
  }
}

function addressOf({ display, uri, params }: NameAddress) {
  return { display, uri: uriOf(uri), params: Object.fromEntries(params) }
}

function uriOf(uri: SipUri) {
  if (uri.kind === 'other') return { scheme: uri.scheme, text: uri.text }
  const { scheme, user, host, port, params, headers, text } = uri
  return { scheme, user, host, port, params: Object.fromEntries(params), headers, text }
}

export type InspectRun = {
  /** `--lines`: one message a line, in base64 or as a JSON string; one JSON a line out. */
  args: string[]
  stdin: Readable
  stdout: Writable
}

/** `parley inspect sip`. Returns the exit code: 0, or 2 for arguments it does not know (told on `stdout`). */
export async function runInspectSip({ args, stdin, stdout }: InspectRun): Promise<number> {
  const unknown = args.find((arg) => arg !== '--lines')
  if (unknown !== undefined) {
    await write(stdout, `Unknown argument: ${unknown}\nUsage: parley inspect sip [--lines] < message\n`)
    return 2
  }
  if (!args.includes('--lines')) {
    const chunks: Buffer[] = []
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
    await write(stdout, `${JSON.stringify(inspectSip(Buffer.concat(chunks)), null, 2)}\n`)
    return 0
  }
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const given = line.trim()
    if (given !== '') await write(stdout, `${JSON.stringify(inspectSip(bytesOf(given)))}\n`)
  }
  return 0
}

function bytesOf(line: string): Uint8Array {
  if (!line.startsWith('"')) return Buffer.from(line, 'base64')
  try {
    const text: unknown = JSON.parse(line)
    return Buffer.from(typeof text === 'string' ? text : '')
  } catch {
    // Not the string that it looked like: it is refused as what it is.
    return Buffer.from(line)
  }
}

async function write(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await new Promise((resolve) => stdout.once('drain', resolve))
}
