import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import smpp, { type Pdu, type Server, type Session } from 'smpp'
import { type Kept, Phone, type Told } from './phone.ts'

export type SmscOptions = {
  host?: string
  port?: number
  tls?: { key: string; cert: string }
  /** How ids stand in receipts: as in the answer, or that hexadecimal number in decimal. Default `same`. */
  receiptIds?: 'same' | 'decimal'
  /** Whether receipts are sent, and when. Default `after` the answer to the submission. */
  receipts?: 'after' | 'before' | 'none'
  /** Messages to the other side that may wait for their answers at once. Default 10. */
  window?: number
}

/** One text message, or part of one, as it was handed over. */
export type Submitted = {
  from: string
  to: string
  text: string
  dataCoding: number
  /** Reference, how many parts, which of them. */
  concatenation: { reference: number; total: number; part: number } | null
  id: string
}

/** What to do with a submission: take it, refuse it with a status, or never answer. */
export type Verdict = 'take' | 'swallow' | { status: number }

/**
 * A short message service centre on loopback, with the phones it serves as objects. Built on a library that Parley itself does not use, so
 * that each reads what the other wrote.
 */
export class Smsc {
  readonly host: string
  readonly systemId = 'parley'
  readonly password = randomBytes(4).toString('hex')
  /** Everything that was taken, in order. */
  readonly submitted: Submitted[] = []
  /** Everything that was offered, taken or not. */
  offered = 0
  judge: (submitted: Submitted) => Verdict = () => 'take'
  /** Waited for before the answer to a submission. */
  beforeAnswer: () => Promise<void> = async () => undefined
  /** What a phone's fate is told as. */
  fate: (phone: string) => string = () => 'DELIVRD'
  /** Hears everything and answers nothing. */
  isDeaf = false
  /** A bind is answered with this. */
  bindStatus = 0
  readonly #options: SmscOptions
  readonly #phones = new Map<string, Phone>()
  readonly #bound: Session[] = []
  #server: Server | null = null
  #port: number
  #ids = 0x1a2b00 + Math.trunc(Math.random() * 0xff)
  #outside = 0
  readonly #queue: (() => void)[] = []

  constructor(options: SmscOptions = {}) {
    this.#options = options
    this.host = options.host ?? '127.0.0.1'
    this.#port = options.port ?? 0
  }

  get port(): number {
    return this.#port
  }

  get bound(): number {
    return this.#bound.length
  }

  async listen(): Promise<this> {
    const server = smpp.createServer(this.#options.tls ?? {}, (session) => this.#serve(session))
    server.on('error', () => undefined)
    server.listen(this.#port, this.host)
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    return this
  }

  /** As if it had been killed: every connection breaks, and nobody answers until `listen`. */
  async close(): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = null
    for (const session of [...server.sessions]) session.destroy()
    const closed = once(server, 'close')
    server.close()
    await closed
  }

  /** Breaks what is connected now, and goes on listening. */
  breakConnections(): void {
    for (const session of [...(this.#server?.sessions ?? [])]) session.destroy()
  }

  /** The phone with this number, `+` and digits. */
  phone(number: string): Phone {
    const known = this.#phones.get(number)
    if (known) return known
    const phone = new Phone(number, (fields) => this.deliver(fields))
    this.#phones.set(number, phone)
    return phone
  }

  /** Hands a deliver_sm to whoever is bound, waiting until somebody is. Null when the connection broke before an answer. */
  async deliver(fields: Record<string, unknown>): Promise<number | null> {
    const window = this.#options.window ?? 10
    while (this.#outside >= window) await new Promise<void>((resolve) => this.#queue.push(resolve))
    this.#outside += 1
    try {
      return await new Promise<number | null>((resolve) => {
        const session = this.#bound[0]
        if (!session) return resolve(null)
        const gone = () => resolve(null)
        session.once('close', gone)
        const isSent = session.deliver_sm(fields, (answer) => {
          session.off('close', gone)
          resolve(answer.command_status)
        })
        if (!isSent) resolve(null)
      })
    } finally {
      this.#outside -= 1
      this.#queue.shift()?.()
    }
  }

  /** Asks the other side whether it is there. */
  enquires(): Promise<boolean> {
    const session = this.#bound[0]
    if (!session) return Promise.resolve(false)
    return new Promise((resolve) => {
      session.once('close', () => resolve(false))
      session.enquire_link({}, () => resolve(true))
    })
  }

  #serve(session: Session): void {
    // Each message that waits for its answer listens.
    session.setMaxListeners(0)
    session.on('error', () => session.destroy())
    session.on('close', () => {
      const at = this.#bound.indexOf(session)
      if (at >= 0) this.#bound.splice(at, 1)
    })
    const bind = (pdu: Pdu) => {
      if (this.isDeaf) return
      const isKnown = pdu.system_id === this.systemId && pdu.password === this.password
      const status = this.bindStatus || (isKnown ? 0 : 0x0e)
      session.send(pdu.response({ command_status: status, system_id: 'smsc' }))
      if (status === 0) this.#bound.push(session)
    }
    session.on('bind_transceiver', bind)
    session.on('submit_sm', (pdu: Pdu) => void this.#take(session, pdu))
    session.on('enquire_link', (pdu: Pdu) => this.isDeaf || session.send(pdu.response()))
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response())
      session.close()
    })
  }

  async #take(session: Session, pdu: Pdu): Promise<void> {
    this.offered += 1
    this.#ids += 1
    const submitted = readSubmitted(pdu, this.#ids.toString(16).toUpperCase())
    const verdict = this.judge(submitted)
    await this.beforeAnswer()
    if (verdict === 'swallow') return
    if (typeof verdict === 'object') {
      session.send(pdu.response({ command_status: verdict.status }))
      return
    }
    this.submitted.push(submitted)
    const asks = ((pdu.registered_delivery ?? 0) & 1) === 1 && this.#options.receipts !== 'none'
    if (asks && this.#options.receipts === 'before') await this.tellFate(submitted)
    session.send(pdu.response({ message_id: submitted.id }))
    this.phone(submitted.to).take(submitted)
    if (asks && this.#options.receipts !== 'before') void this.tellFate(submitted)
  }

  /** Sends the receipt of a submission, as appendix B of SMPP 3.4 writes it. */
  tellFate({ id, from, to, text }: Submitted, stat = this.fate(to)): Promise<number | null> {
    const shown = this.#options.receiptIds === 'decimal' ? String(Number.parseInt(id, 16)) : id
    const isDelivered = stat === 'DELIVRD' ? '001' : '000'
    const date = '2611221000'
    return this.deliver({
      source_addr_ton: 1,
      source_addr_npi: 1,
      source_addr: to.replace('+', ''),
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: from.replace('+', ''),
      esm_class: 0x04,
      short_message: `id:${shown} sub:001 dlvrd:${isDelivered} submit date:${date} done date:${date} stat:${stat} err:000 text:${text.slice(0, 20).replace(/[^ -~]/g, '.')}`,
    })
  }
}

export type { Kept, Phone, Told }

export async function startSmsc(options: SmscOptions = {}): Promise<Smsc> {
  return new Smsc(options).listen()
}

function readSubmitted(pdu: Pdu, id: string): Submitted {
  const { message = '', udh = [] } = pdu.short_message ?? {}
  const element = udh.find(([code]) => code === 0)
  return {
    from: numberOf(pdu.source_addr ?? ''),
    to: numberOf(pdu.destination_addr ?? ''),
    text: String(message),
    dataCoding: pdu.data_coding ?? 0,
    concatenation: element ? { reference: element[2] ?? 0, total: element[3] ?? 0, part: element[4] ?? 0 } : null,
    id,
  }
}

const numberOf = (digits: string) => (/^\d{7,}$/.test(digits) ? `+${digits}` : digits)
