import { maxTextLength, type Refused, type Say } from '@parley/protocol'

/** What the person said and the server has not confirmed. */
export type Unsent = Omit<Say, 't'> & {
  /** Milliseconds since 1970, by this client's clock: for its place on the screen until the server gives it one. */
  since: number
} & (
    | { state: 'waiting' }
    /** `message` is durable; its text will come with the other messages. */
    | { state: 'said'; message: string }
    | { state: 'refused'; reason: Refused['reason'] | 'malformed'; why: string }
  )

/** Where unsent text survives a reload. Both may throw or do nothing where a browser allows no storage. */
export interface OutboxStorage {
  load(): string | null
  save(json: string): void
}

const maxStored = 100

/** Texts on their way out, in the order in which they were said. An id never changes, so that a repetition is taken once. */
export class Outbox {
  #items: readonly Unsent[]
  readonly #storage: OutboxStorage | undefined

  constructor(storage?: OutboxStorage) {
    this.#storage = storage
    this.#items = storage ? restore(storage) : []
  }

  /** Replaced, never changed in place. */
  get items(): readonly Unsent[] {
    return this.#items
  }

  get waiting(): Unsent[] {
    return this.#items.filter((item) => item.state === 'waiting')
  }

  add(say: Omit<Say, 't'>, since: number): void {
    // What the server could not parse must not be sent: it would close the connection, again and again.
    const text = say.text.toWellFormed().replaceAll('\0', '')
    const item = { ...say, text, since }
    this.#put([
      ...this.#items,
      text.length > maxTextLength
        ? { ...item, state: 'refused', reason: 'text-too-long', why: '' }
        : { ...item, state: 'waiting' },
    ])
  }

  said(id: string, message: string): void {
    this.#change(id, (item) => ({ ...sayOf(item), since: item.since, state: 'said', message }))
  }

  refused(id: string, reason: Refused['reason'] | 'malformed', text: string): void {
    this.#change(id, (item) => ({ ...sayOf(item), since: item.since, state: 'refused', reason, why: text }))
  }

  retry(id: string): void {
    this.#change(id, (item) => ({ ...sayOf(item), since: item.since, state: 'waiting' }))
  }

  drop(id: string): void {
    this.#put(this.#items.filter((item) => item.id !== id))
  }

  /** Messages that are there, or will never be: their copies here are needed no longer. */
  arrived(isSettled: (message: string) => boolean): void {
    const left = this.#items.filter((item) => item.state !== 'said' || !isSettled(item.message))
    if (left.length < this.#items.length) this.#put(left)
  }

  #change(id: string, change: (item: Unsent) => Unsent): void {
    if (this.#items.some((item) => item.id === id)) {
      this.#put(this.#items.map((item) => (item.id === id ? change(item) : item)))
    }
  }

  #put(items: readonly Unsent[]): void {
    this.#items = items
    try {
      this.#storage?.save(JSON.stringify(items.filter((item) => item.state !== 'said').slice(-maxStored)))
    } catch {
      // A full or forbidden storage costs the survival of a reload, not the sending.
    }
  }
}

/** Without what belongs to its state. */
export function sayOf({ id, to, text, attachments, form, ask, sealed }: Unsent): Omit<Say, 't'> {
  const say: Omit<Say, 't'> = { id, to, text }
  if (attachments) say.attachments = attachments
  if (form) say.form = form
  if (ask) say.ask = ask
  if (sealed) say.sealed = sealed
  return say
}

function restore(storage: OutboxStorage): Unsent[] {
  try {
    const items: unknown = JSON.parse(storage.load() ?? '[]')
    return Array.isArray(items) ? items.filter(isUnsent) : []
  } catch {
    return []
  }
}

/** Written by an earlier load of this client; a wrong one would only be refused by the server. */
function isUnsent(value: unknown): value is Unsent {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'to' in value && 'text' in value && 'since' in value
  )
}
