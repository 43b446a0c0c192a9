import { createHash, randomBytes } from 'node:crypto'
import { createConnection, type Socket } from 'node:net'
import { waitFor } from './wait-for.ts'

export type SipAccount = {
  user: string
  domain: string
  password: string
  proxy: { host: string; port: number }
}

export type SipPhoneOptions = { name?: string }

export type ReceivedSip = {
  /** `sip:token@chat.test` */
  from: string
  /** The display name of From. */
  name: string
  text: string
  type: string
  raw: string
}

/** A phone of somebody's that does nothing but messages, over one connection to its proxy. Written without anything of Parley's. */
export class SipPhone {
  readonly address: string
  /** Everything that arrived, in order; hints that somebody types too. */
  readonly received: ReceivedSip[] = []
  /** What it answers to a MESSAGE. */
  answers = '200 OK'
  readonly #account: SipAccount
  readonly #name: string
  readonly #answers = new Map<string, (raw: string) => void>()
  readonly #read = new Set<ReceivedSip>()
  #socket: Socket | null = null
  #cseq = 0

  constructor(account: SipAccount, { name = '' }: SipPhoneOptions = {}) {
    this.#account = account
    this.#name = name
    this.address = `sip:${account.user}@${account.domain}`
  }

  /** Signs in at its registrar. */
  async registers(): Promise<void> {
    const { domain } = this.#account
    const status = await this.#request('REGISTER', `sip:${domain}`, this.address, [
      `Contact: <sip:${this.#account.user}@127.0.0.1:${(await this.#connected()).localPort};transport=tcp>`,
      'Expires: 600',
    ])
    if (status !== 200) throw new Error(`${this.address} could not register: ${status}`)
  }

  /** Says something to a SIP address; resolves with the status that came back. The same `id` is the same message once more. */
  async sends(
    to: string,
    text: string,
    { type = 'text/plain;charset=UTF-8', id }: { type?: string; id?: string } = {},
  ) {
    const uri = to.startsWith('sip:') ? to : `sip:${to}`
    return this.#request('MESSAGE', uri, uri, [`Content-Type: ${type}`], text, id)
  }

  /** Waits for a text that matches, and did not match an earlier call's. */
  async receives(match: RegExp, { timeoutMs = 30_000 } = {}): Promise<ReceivedSip> {
    const find = () => this.received.find((one) => !this.#read.has(one) && this.#isText(one) && match.test(one.text))
    const found = await waitFor(`a message at ${this.address}`, find, {
      timeoutMs,
      instead: () => this.received.map(({ text }) => text),
    })
    this.#read.add(found)
    return found
  }

  /** Says it again and again, as the same message, until it is taken: what a phone does whose proxy was away. */
  async insists(to: string, text: string): Promise<void> {
    const id = randomBytes(8).toString('hex')
    await waitFor(`"${text}" to be taken`, async () => (await this.sends(to, text, { id }).catch(() => 0)) === 200, {
      timeoutMs: 60_000,
      everyMs: 200,
    })
  }

  /** Answers whoever wrote that. */
  async replies(to: ReceivedSip, text: string): Promise<number> {
    return this.sends(to.from, text)
  }

  /** Tells whoever wrote that somebody types, or stopped (RFC 3994). */
  async types(to: ReceivedSip, isTyping: boolean): Promise<number> {
    const state = isTyping ? 'active' : 'idle'
    const document = `<?xml version="1.0"?><isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>${state}</state></isComposing>`
    return this.sends(to.from, document, { type: 'application/im-iscomposing+xml' })
  }

  /** Is somebody typing to this phone, as far as it was told last? Undefined when it was told nothing. */
  seesTyping(): boolean | undefined {
    const last = this.received.findLast(({ type }) => type.includes('iscomposing'))
    return last && /<state>active<\/state>/.test(last.text)
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = null
  }

  #isText({ type }: ReceivedSip): boolean {
    return type.startsWith('text/plain')
  }

  async #request(method: string, uri: string, to: string, headers: string[], text = '', id?: string): Promise<number> {
    const { domain } = this.#account
    const callId = `${id ?? randomBytes(8).toString('hex')}@${domain}`
    const tag = createHash('md5').update(callId).digest('hex').slice(0, 8)
    const cseq = id === undefined ? ++this.#cseq : 1
    const first = await this.#once({ method, uri, to, headers, text, callId, tag, cseq })
    const challenge = /^(WWW|Proxy)-Authenticate: *Digest (.*)$/im.exec(first)
    if (!challenge) return statusOf(first)
    const credentials = this.#credentials(challenge[2] ?? '', method, uri)
    const name = challenge[1] === 'Proxy' ? 'Proxy-Authorization' : 'Authorization'
    const more = [...headers, `${name}: ${credentials}`]
    if (id === undefined) this.#cseq++
    return statusOf(await this.#once({ method, uri, to, headers: more, text, callId, tag, cseq: cseq + 1 }))
  }

  async #once({ method, uri, to, headers, text, callId, tag, cseq }: Wanted): Promise<string> {
    const socket = await this.#connected()
    const branch = `z9hG4bK${randomBytes(8).toString('hex')}`
    const name = this.#name ? `"${this.#name}" ` : ''
    const answered = new Promise<string>((resolve, reject) => {
      const giveUp = () => reject(new Error(`no answer to ${method} of ${this.address}`))
      const patience = setTimeout(giveUp, 30_000)
      socket.once('close', giveUp)
      this.#answers.set(branch, (raw) => {
        clearTimeout(patience)
        socket.off('close', giveUp)
        resolve(raw)
      })
    })
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/TCP 127.0.0.1:${socket.localPort};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: ${name}<${this.address}>;tag=${tag}`,
      `To: <${to}>`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(text)}`,
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n${text}`)
    return answered
  }

  #credentials(challenge: string, method: string, uri: string): string {
    const param = (name: string) => new RegExp(`${name}="?([^",]+)"?`, 'i').exec(challenge)?.[1] ?? ''
    const { user, password } = this.#account
    const [realm, nonce] = [param('realm'), param('nonce')]
    const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${md5(`${method}:${uri}`)}`)
    if (!/qop=/.test(challenge)) {
      return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`
    }
    const cnonce = randomBytes(6).toString('hex')
    const withQop = md5(
      `${md5(`${user}:${realm}:${password}`)}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`,
    )
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${withQop}", qop=auth, nc=00000001, cnonce="${cnonce}"`
  }

  async #connected(): Promise<Socket> {
    const there = this.#socket
    if (there && !there.destroyed) return there
    const { host, port } = this.#account.proxy
    const socket = createConnection(port, host)
    // More requests wait for their answers than Node expects of a socket.
    socket.setMaxListeners(0)
    socket.on('error', () => undefined)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('close', () => reject(new Error(`${this.address} cannot reach its proxy`)))
    })
    let held = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk])
      for (;;) {
        const end = held.indexOf('\r\n\r\n')
        if (end === -1) return
        const size = Number(/^Content-Length:\s*(\d+)/im.exec(held.subarray(0, end).toString())?.[1] ?? 0)
        if (held.length < end + 4 + size) return
        this.#take(held.subarray(0, end + 4 + size).toString(), socket)
        held = held.subarray(end + 4 + size)
      }
    })
    this.#socket = socket
    return socket
  }

  #take(raw: string, socket: Socket): void {
    if (raw.startsWith('SIP/2.0 ')) {
      const branch = /^Via:.*?branch=([^;\s,]+)/im.exec(raw)?.[1] ?? ''
      if (statusOf(raw) >= 200) this.#answers.get(branch)?.(raw)
      return
    }
    const kept = raw.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/i.test(line))
    const lines = kept.map((line) => (/^To:/i.test(line) && !/;tag=/.test(line) ? `${line};tag=phone` : line))
    const isMessage = raw.startsWith('MESSAGE ')
    socket.write(`SIP/2.0 ${isMessage ? this.answers : '200 OK'}\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`)
    if (!isMessage || !this.answers.startsWith('2')) return
    const [, name = '', from = ''] = /^From:\s*(?:"([^"]*)"\s*)?<([^>]+)>/im.exec(raw) ?? []
    const type = /^Content-Type:\s*(.+)$/im.exec(raw)?.[1] ?? ''
    this.received.push({ from, name, type, text: raw.slice(raw.indexOf('\r\n\r\n') + 4), raw })
  }
}

interface Wanted {
  method: string
  uri: string
  to: string
  headers: string[]
  text: string
  callId: string
  tag: string
  cseq: number
}

function statusOf(raw: string): number {
  return Number(/^SIP\/2\.0 (\d{3})/.exec(raw)?.[1])
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
