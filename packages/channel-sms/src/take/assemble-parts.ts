import type { Clock } from '@parley/model'
import { statuses } from '../pdu/codes.ts'
import type { PartContent, ReadMessage } from '../read-message.ts'
import type { Concatenation } from '../text/user-data-header.ts'

/** One whole message, or as much of it as came: `null` stands for what did not. */
export interface Assembled {
  from: string
  to: string
  contents: (PartContent | null)[]
  raw: Uint8Array[]
  mark: string | null
  /** Tells it from another one with the same words. */
  reference: number | null
}

export interface PartsPatience {
  /** A part is not acknowledged before the whole is durable. After this long its peer is told to bring it again, so that one that waits for each answer can bring the next. */
  answerMs: number
  /** After this long the rest is taken for lost, and what came is given. */
  giveUpMs: number
}

const usualPatience: PartsPatience = { answerMs: 3_000, giveUpMs: 10 * 60_000 }

const mostGroups = 2_000
const mostBytes = 20_000_000
const mostFinished = 5_000

type Part = { content: PartContent; raw: Uint8Array; mark: string | null }

interface Group {
  from: string
  to: string
  concatenation: Concatenation
  parts: Map<number, Part>
  bytes: number
  waiting: ((status: number) => void)[]
  timer: NodeJS.Timeout
  isGiven: boolean
}

/**
 * Puts the parts of long messages together, in whatever order and however often they come. Nothing of a message is acknowledged before all
 * of it is durable: what is kept here the peer still has, so that a process that dies loses nothing.
 */
export class PartsAssembly {
  readonly #give: (assembled: Assembled) => Promise<number>
  readonly #patience: PartsPatience
  readonly #clock: Clock
  readonly #groups = new Map<string, Group>()
  /** What was made durable lately, by the bytes of its parts: they may come again. */
  readonly #finished = new Map<string, Map<number, string>>()
  #bytes = 0
  #isStopped = false

  constructor(give: (assembled: Assembled) => Promise<number>, clock: Clock, patience: PartsPatience = usualPatience) {
    this.#give = give
    this.#clock = clock
    this.#patience = patience
  }

  /** Resolves with the status to answer this part with. */
  async take(message: ReadMessage & { concatenation: Concatenation }, raw: Uint8Array): Promise<number> {
    const { from, to, concatenation } = message
    const key = JSON.stringify([from, to, concatenation.reference, concatenation.total])
    const part: Part = { content: message.content, raw, mark: message.mark }
    const finished = this.#finished.get(key)
    if (finished) {
      const known = finished.get(concatenation.part)
      if (known === sameness(part)) return statuses.ok
      // A straggler of one that was given without it.
      if (known === undefined) return this.#giveStraggler(message, part, finished)
      this.#finished.delete(key)
    }
    const group = this.#groupFor(key, message, part)
    if (!group || this.#isStopped) return statuses.temporary
    if (!group.parts.has(concatenation.part)) {
      group.parts.set(concatenation.part, part)
      group.bytes += raw.length
      this.#bytes += raw.length
    }
    const answered = new Promise<number>((resolve) => group.waiting.push(resolve))
    if (group.parts.size === concatenation.total) void this.#finish(key, group)
    return this.#orAgainLater(group, answered)
  }

  /** What waits is told to come again. */
  stop(): void {
    this.#isStopped = true
    for (const { timer, waiting } of this.#groups.values()) {
      clearTimeout(timer)
      for (const answer of waiting.splice(0)) answer(statuses.temporary)
    }
    this.#groups.clear()
  }

  #groupFor(key: string, { from, to, concatenation }: ReadMessage & { concatenation: Concatenation }, part: Part) {
    const group = this.#groups.get(key)
    const before = group?.parts.get(concatenation.part)
    if (group && (!before || sameness(before) === sameness(part))) return group
    // References of eight bits come round again: another message has begun before this one was whole.
    if (group) {
      this.#groups.delete(key)
      void this.#finish(`${key} before ${this.#clock.now().getTime()}`, group)
    }
    if (this.#groups.size >= mostGroups || this.#bytes > mostBytes) return null
    const begun: Group = {
      from,
      to,
      concatenation,
      parts: new Map(),
      bytes: 0,
      waiting: [],
      timer: setTimeout(() => void this.#finish(key, begun), this.#patience.giveUpMs),
      isGiven: false,
    }
    begun.timer.unref()
    this.#groups.set(key, begun)
    return begun
  }

  async #finish(key: string, group: Group): Promise<void> {
    if (group.isGiven || this.#isStopped) return
    group.isGiven = true
    clearTimeout(group.timer)
    const status = await this.#give(assembledOf(group)).catch(() => statuses.temporary)
    group.isGiven = false
    if (status !== statuses.temporary) {
      if (this.#groups.get(key) === group) this.#groups.delete(key)
      this.#bytes -= group.bytes
      if (status === statuses.ok) this.#remember(key, group)
    } else if (!this.#isStopped) {
      // A part that comes again tries again, and so does this, should none come.
      group.timer = setTimeout(() => void this.#finish(key, group), this.#patience.giveUpMs)
      group.timer.unref()
    }
    for (const answer of group.waiting.splice(0)) answer(status)
  }

  async #giveStraggler(
    { from, to, concatenation }: ReadMessage & { concatenation: Concatenation },
    part: Part,
    finished: Map<number, string>,
  ): Promise<number> {
    const contents = [
      ...(concatenation.part > 1 ? [null] : []),
      part.content,
      ...(concatenation.part < concatenation.total ? [null] : []),
    ]
    const { reference } = concatenation
    const status = await this.#give({ from, to, contents, raw: [part.raw], mark: part.mark, reference })
    if (status === statuses.ok) finished.set(concatenation.part, sameness(part))
    return status
  }

  #remember(key: string, { parts }: Group): void {
    this.#finished.set(key, new Map([...parts].map(([number, part]) => [number, sameness(part)])))
    if (this.#finished.size <= mostFinished) return
    const [oldest] = this.#finished.keys()
    if (oldest !== undefined) this.#finished.delete(oldest)
  }

  #orAgainLater(group: Group, answered: Promise<number>): Promise<number> {
    return new Promise((resolve) => {
      const later = () => (group.isGiven ? timer.refresh() : resolve(statuses.temporary))
      const timer = setTimeout(later, this.#patience.answerMs)
      void answered.then((status) => {
        clearTimeout(timer)
        resolve(status)
      })
    })
  }
}

const sameness = ({ content }: Part) =>
  content.kind === 'text' ? `text ${content.text}` : `file ${Buffer.from(content.bytes).toString('base64')}`

function assembledOf({ from, to, concatenation, parts }: Group): Assembled {
  const numbers = Array.from({ length: concatenation.total }, (_, index) => index + 1)
  const present = numbers.map((number) => parts.get(number))
  return {
    from,
    to,
    contents: present.map((part) => part?.content ?? null),
    raw: present.flatMap((part) => (part ? [part.raw] : [])),
    mark: present.find((part) => part?.mark)?.mark ?? null,
    reference: concatenation.reference,
  }
}
