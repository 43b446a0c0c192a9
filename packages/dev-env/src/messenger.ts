import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type Element, StreamParser, text, type Xml, xml } from '@parley/channel-xmpp/xml'

/** One line in a thread with another address. */
export type Chatted = {
  other: string
  /** As the other calls themselves, in what they wrote. */
  name: string | null
  isOwn: boolean
  text: string
  at: Date
  state: 'sending' | 'taken' | 'refused' | 'received'
}

export type MessengerAccount = { host: string; port: number; user: string; domain: string; password: string }

/** Somebody's messenger: signs in at an XMPP server on this machine and comes back by itself. Written for the demo, without encryption. */
export class Messenger {
  readonly history: Chatted[] = []
  /** Something came, or went. */
  onChange: () => void = () => undefined
  readonly #account: MessengerAccount
  readonly #sent = new Map<string, Chatted>()
  #socket: Socket | null = null
  #isReady = false
  #isStopped = false
  #waiting: Xml[] = []

  constructor(account: MessengerAccount) {
    this.#account = account
    this.#connect()
  }

  get jid(): string {
    return `${this.#account.user}@${this.#account.domain}`
  }

  sends(words: string, to: string): void {
    const id = randomBytes(8).toString('hex')
    const chatted: Chatted = { other: to, name: null, isOwn: true, text: words, at: new Date(), state: 'sending' }
    this.history.push(chatted)
    this.#sent.set(id, chatted)
    const stanza = xml(
      'message',
      { to, id, type: 'chat' },
      xml('body', {}, text(words)),
      xml('request', { xmlns: 'urn:xmpp:receipts' }),
    )
    if (this.#isReady) this.#socket?.write(stanza)
    else this.#waiting.push(stanza)
    this.onChange()
  }

  stop(): void {
    this.#isStopped = true
    this.#socket?.destroy()
  }

  #connect(): void {
    const { host, port, domain } = this.#account
    const socket = connect({ host, port })
    this.#socket = socket
    const open = () => {
      const opening = xml('s:stream', {
        to: domain,
        version: '1.0',
        xmlns: 'jabber:client',
        'xmlns:s': 'http://etherx.jabber.org/streams',
      })
      socket.write(`${opening.slice(0, -2)}>`)
    }
    const newParser = () =>
      new StreamParser(
        {
          opened: () => undefined,
          stanza: (element) => {
            if (element.name === 'success') {
              // RFC 6120 §6.4.6: from here on it is another stream.
              parser = newParser()
              open()
            } else this.#take(element, socket)
          },
          skipped: () => undefined,
          closed: () => socket.end(),
        },
        { maxStanza: 1_000_000, maxDepth: 30 },
      )
    let parser = newParser()
    socket.on('connect', open)
    socket.on('data', (chunk) => parser.write(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#isReady = false
      if (!this.#isStopped) setTimeout(() => this.#isStopped || this.#connect(), 2_000).unref()
    })
  }

  #take(element: Element, socket: Socket): void {
    const { user, password } = this.#account
    const has = (name: string) => element.children.some((child) => typeof child !== 'string' && child.name === name)
    if (element.name === 'features' && has('mechanisms')) {
      const proof = Buffer.from(`\0${user}\0${password}`).toString('base64')
      socket.write(xml('auth', { xmlns: 'urn:ietf:params:xml:ns:xmpp-sasl', mechanism: 'PLAIN' }, text(proof)))
    } else if (element.name === 'features') {
      const bind = xml('bind', { xmlns: 'urn:ietf:params:xml:ns:xmpp-bind' })
      socket.write(xml('iq', { type: 'set', id: 'bind' }, bind))
    } else if (element.name === 'iq' && element.attrs.id === 'bind') {
      this.#isReady = true
      socket.write(xml('presence', {}))
      for (const stanza of this.#waiting.splice(0)) socket.write(stanza)
    } else if (element.name === 'message') this.#hear(element, socket)
  }

  #hear(element: Element, socket: Socket): void {
    const { from = '', id, type } = element.attrs
    const inside = (name: string) =>
      element.children.find((child): child is Element => typeof child !== 'string' && child.name === name)
    const receipt = inside('received')?.attrs.id
    const about = this.#sent.get((type === 'error' ? id : receipt) ?? '')
    if (about) {
      about.state = type === 'error' ? 'refused' : 'taken'
      this.onChange()
      return
    }
    const words = wordsOf(inside('body'))
    if (type === 'error' || words === '') return
    const [other = from] = from.split('/')
    const name = wordsOf(inside('nick')) || null
    this.history.push({ other, name, isOwn: false, text: words, at: new Date(), state: 'received' })
    if (id && inside('request')) {
      socket.write(xml('message', { to: from, type: 'chat' }, xml('received', { xmlns: 'urn:xmpp:receipts', id })))
    }
    this.onChange()
  }
}

function wordsOf(element: Element | undefined): string {
  return element?.children.filter((child) => typeof child === 'string').join('') ?? ''
}
