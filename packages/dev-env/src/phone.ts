import type { Submitted } from './smsc.ts'
import { waitFor } from './wait-for.ts'

/** What the phone's owner learns of a message that they sent. */
export type Told = 'taken' | 'refused' | 'try-again'

export type ReceivedText = { from: string; text: string; parts: number }

/** What a phone keeps of one text, sent or received. */
export type Kept = {
  /** The number at the other end. */
  other: string
  isOwn: boolean
  text: string
  at: Date
  state: Told | 'sending' | 'received'
}

export type SendOptions = {
  /** What the network calls this message: the same twice is one message that is brought again. */
  id?: string
  /** Parts in another order, or some of them only, by their numbers from 1. */
  parts?: readonly number[]
  /** Of the parts of a long message. Default a new one each time. */
  reference?: number
  /** How often what was to come again comes again. Default 20, a quarter of a second apart. */
  tries?: number
}

/** A phone with its owner: reads what arrives, whole, and sends. */
export class Phone {
  readonly number: string
  /** What was shown on it, in order. */
  readonly texts: ReceivedText[] = []
  /** The same with what was sent from it. */
  readonly history: Kept[] = []
  /** Called whenever the history changes. */
  onChange: () => void = () => undefined
  readonly #deliver: (fields: Record<string, unknown>) => Promise<number | null>
  readonly #parts = new Map<string, Map<number, string>>()
  #reference = Math.trunc(Math.random() * 200)

  constructor(number: string, deliver: (fields: Record<string, unknown>) => Promise<number | null>) {
    this.number = number
    this.#deliver = deliver
  }

  /** One part off the air; shown when the message is whole. */
  take({ from, text, concatenation }: Submitted): void {
    if (!concatenation) {
      this.#shows({ from, text, parts: 1 })
      return
    }
    const { reference, total, part } = concatenation
    const key = `${from} ${reference} ${total}`
    const parts = this.#parts.get(key) ?? new Map<number, string>()
    parts.set(part, text)
    this.#parts.set(key, parts)
    if (parts.size < total) return
    this.#parts.delete(key)
    const whole = [...parts].sort(([a], [b]) => a - b).map(([, words]) => words)
    this.#shows({ from, text: whole.join(''), parts: total })
  }

  #shows(text: ReceivedText): void {
    this.texts.push(text)
    this.history.push({ other: text.from, isOwn: false, text: text.text, at: new Date(), state: 'received' })
    this.onChange()
  }

  /** Waits for a text that matches, and did not match an earlier call's. */
  async receives(match: RegExp, { timeoutMs = 30_000 } = {}): Promise<ReceivedText> {
    return waitFor(`a text on ${this.number}`, () => this.#next(match), { timeoutMs, instead: () => this.texts })
  }

  readonly #read = new Set<ReceivedText>()

  #next(match: RegExp): ReceivedText | undefined {
    const found = this.texts.find((text) => !this.#read.has(text) && match.test(text.text))
    if (found) this.#read.add(found)
    return found
  }

  /** Writes to a number. A network brings a message again when it is told to; in the end it says how it went. */
  async sends(text: string, to: string, options: SendOptions = {}): Promise<Told> {
    const kept: Kept = { other: to, isOwn: true, text, at: new Date(), state: 'sending' }
    this.history.push(kept)
    this.onChange()
    kept.state = await this.#hands(text, to, options)
    this.onChange()
    return kept.state
  }

  async #hands(text: string, to: string, options: SendOptions): Promise<Told> {
    const { parts: chosen, tries = 20, id } = options
    this.#reference = (this.#reference + 1) % 256
    const reference = options.reference ?? this.#reference
    const all = splitAsPhonesDo(text)
    const numbers = chosen ?? all.map((_, index) => index + 1)
    const told = await Promise.all(
      numbers.map((part) => {
        const header = all.length > 1 ? Buffer.from([5, 0, 3, reference, all.length, part]) : undefined
        const fields = fieldsOf(this.number, to, all[part - 1] ?? '', text)
        return this.#bring(
          {
            ...fields,
            short_message: { message: fields.short_message, ...(header ? { udh: header } : {}) },
            ...(header ? { esm_class: 0x40 } : {}),
            ...(id === undefined ? {} : { receipted_message_id: `${id}.${part}` }),
          },
          tries,
        )
      }),
    )
    if (told.includes('refused')) return 'refused'
    return told.every((one) => one === 'taken') ? 'taken' : 'try-again'
  }

  async #bring(fields: Record<string, unknown>, tries: number): Promise<Told> {
    for (let attempt = 1; ; attempt++) {
      const status = await this.#deliver({ ...fields })
      if (status === 0) return 'taken'
      if (status !== null && status !== 0x64) return 'refused'
      if (attempt >= tries) return 'try-again'
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function fieldsOf(from: string, to: string, part: string, whole: string) {
  const isPlain = isGsm(whole)
  return {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: from.replace('+', ''),
    dest_addr_ton: to.startsWith('+') ? 1 : 3,
    dest_addr_npi: to.startsWith('+') ? 1 : 0,
    destination_addr: to.replace('+', ''),
    data_coding: isPlain ? 0 : 8,
    short_message: part,
  }
}

// Letters that every phone sends in the short alphabet; whatever else there is makes the message a UTF-16 one.
const isGsm = (text: string) => /^[\n\r -Za-z_§ÄÖÑÜäöñüàéèùìòÇØøÅåÆæßÉ¿¡£¥]*$/.test(text)

function splitAsPhonesDo(text: string): string[] {
  const [alone, each] = isGsm(text) ? [160, 153] : [70, 67]
  if (text.length <= alone) return [text]
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    if (part.length + character.length > each) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}
