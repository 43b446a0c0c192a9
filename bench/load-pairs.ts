import process from 'node:process'
import { WebSocket } from 'ws'
import { percentile } from './figures.ts'
import { textOf } from './texts.ts'

/** One side of a pair: where it connects, what it says first, and how it addresses the pair's conversation. */
export interface End {
  readonly url: string
  /** Sent once the socket is open; then the end is ready when something comes back. Null: ready when open. */
  readonly hello: string | null
  /** As it stands in a `say` frame. */
  readonly to: string
  /** The interaction in which it tells how far it has come. Null: it does not tell. */
  readonly seen: string | null
}

export type LoadRequest =
  | { do: 'connect'; pairs: [End, End][] }
  | { do: 'closed'; inFlight: number; ms: number; acknowledged: boolean }
  | { do: 'open'; perSecond: number; ms: number; acknowledged: boolean }

export interface LoadResult {
  readonly perSecond: number
  readonly sent: number
  /** Sent and never delivered, or never acknowledged. A round counts only if this and `twice` are nought. */
  readonly lost: number
  readonly twice: number
  readonly p50: number
  readonly p99: number
}

interface Connected {
  readonly end: End
  readonly side: number
  readonly socket: WebSocket
  hasNews: boolean
}

interface Slot {
  readonly pair: number
  generation: number
  isUnderWay: boolean
  dueAt: number
}

// Letters that make no word, so that the mark is never taken for an identity and masked.
const letters = 'hjkmnpqrtv'
const markLength = 12
const drainMs = 5_000
const connectsAtOnce = 25
const seenEveryMs = 1_000

/**
 * Says things and times each until the other side has it. A mark in the text names slot and generation, so that no frame has to be
 * parsed, and what is lost or comes twice is found. Within a slot the two sides take turns.
 */
class Load {
  readonly #pairs: Connected[][] = []
  #slots: Slot[] = []
  #latencies: number[] = []
  #sent = 0
  #delivered = 0
  #acknowledged = 0
  #twice = 0
  #serial = Date.now() * 100
  #answersAtOnce = false
  #telling: NodeJS.Timeout | null = null

  async connect(pairs: readonly [End, End][]): Promise<void> {
    for (let from = 0; from < pairs.length; from += connectsAtOnce) {
      const some = pairs.slice(from, from + connectsAtOnce)
      this.#pairs.push(...(await Promise.all(some.map((ends) => this.#connectBoth(ends)))))
    }
    this.#telling ??= setInterval(() => this.#tellSeen(), seenEveryMs)
  }

  /** So many in flight: whoever gets a message says the next at once. */
  async closed(inFlight: number, ms: number, acknowledged: boolean): Promise<LoadResult> {
    this.#reset(inFlight)
    this.#answersAtOnce = true
    const began = performance.now()
    for (const slot of this.#slots.keys()) this.#say(slot, began)
    await sleep(ms)
    this.#answersAtOnce = false
    return this.#end(began, acknowledged)
  }

  /** So many a second whatever happens, each timed from when it was due. */
  async open(perSecond: number, ms: number, acknowledged: boolean): Promise<LoadResult> {
    this.#reset(perSecond * 10)
    const began = performance.now()
    for (let said = 0; performance.now() - began < ms; await sleep(1)) {
      const due = Math.floor(((performance.now() - began) * perSecond) / 1000)
      for (; said < due; said++) this.#say(said % this.#slots.length, began + (said * 1000) / perSecond)
    }
    return this.#end(began, acknowledged)
  }

  #reset(slots: number): void {
    this.#slots = Array.from({ length: slots }, (_, slot) => ({
      pair: slot % this.#pairs.length,
      generation: 0,
      isUnderWay: false,
      dueAt: 0,
    }))
    this.#latencies = []
    this.#sent = 0
    this.#delivered = 0
    this.#acknowledged = 0
    this.#twice = 0
  }

  #say(index: number, dueAt: number): void {
    const slot = this.#slots[index]
    const from = slot && this.#pairs[slot.pair]?.[authorSide(index, slot.generation + 1)]
    if (!from) throw new Error('nobody is there to say it')
    slot.generation += 1
    slot.dueAt = dueAt
    slot.isUnderWay = true
    this.#sent += 1
    this.#serial += 1
    const id = `00000000-0000-7000-8000-${this.#serial.toString(16).padStart(12, '0')}`
    const text = `${textOf(this.#serial)} ^${write(index)}${write(slot.generation)}^`
    from.socket.send(`{"t":"say","id":"${id}","to":${from.end.to},"text":"${text}"}`)
  }

  #got(at: Connected, frame: string): void {
    if (frame.startsWith('{"t":"said"')) this.#acknowledged += 1
    if (frame.startsWith('{"t":"refused"')) throw new Error(`refused: ${frame}`)
    // Several messages may come in one frame.
    for (let mark = frame.indexOf('^'); mark >= 0; mark = frame.indexOf('^', mark + markLength)) {
      this.#delivery(at, read(frame, mark + 1), read(frame, mark + 6))
    }
  }

  #delivery(at: Connected, index: number, generation: number): void {
    const slot = this.#slots[index]
    // One's own words come back too, in one's own numbers.
    if (!slot || authorSide(index, generation) === at.side) return
    if (slot.generation !== generation || !slot.isUnderWay) {
      this.#twice += 1
      return
    }
    slot.isUnderWay = false
    at.hasNews = true
    this.#delivered += 1
    this.#latencies.push(performance.now() - slot.dueAt)
    if (this.#answersAtOnce) this.#say(index, performance.now())
  }

  #tellSeen(): void {
    for (const { end, socket, hasNews } of this.#pairs.flat()) {
      if (end.seen === null || !hasNews) continue
      // The server takes no number beyond the last message.
      socket.send(`{"t":"seen","interaction":"${end.seen}","delivered":2000000000,"read":2000000000}`)
    }
    for (const one of this.#pairs.flat()) one.hasNews = false
  }

  async #end(began: number, acknowledged: boolean): Promise<LoadResult> {
    const perSecond = (this.#delivered / (performance.now() - began)) * 1000
    const until = performance.now() + drainMs
    const missing = () => this.#sent - (acknowledged ? Math.min(this.#delivered, this.#acknowledged) : this.#delivered)
    while (missing() > 0 && performance.now() < until) await sleep(20)
    return {
      perSecond,
      sent: this.#sent,
      lost: missing(),
      twice: this.#twice,
      p50: percentile(this.#latencies, 0.5),
      p99: percentile(this.#latencies, 0.99),
    }
  }

  #connectBoth(ends: [End, End]): Promise<Connected[]> {
    return Promise.all(ends.map((end, side) => this.#connect(end, side)))
  }

  #connect(end: End, side: number): Promise<Connected> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(end.url, { perMessageDeflate: false, skipUTF8Validation: true })
      const connected: Connected = { end, side, socket, hasNews: false }
      const ready = () => {
        socket.on('message', (data) => this.#got(connected, data.toString()))
        resolve(connected)
      }
      socket.once('error', reject)
      socket.once('close', (code, reason) => {
        throw new Error(`a socket was closed: ${code} ${reason}`)
      })
      socket.once('open', () => {
        if (end.hello === null) return ready()
        socket.once('message', ready)
        socket.send(end.hello)
      })
    })
  }
}

function authorSide(slot: number, generation: number): number {
  return (slot + generation) % 2
}

/** Five letters for a number below 100,000. */
function write(number: number): string {
  let text = ''
  for (let rest = number, i = 0; i < 5; i++, rest = Math.floor(rest / 10)) text += letters[rest % 10]
  return text
}

function read(text: string, from: number): number {
  let number = 0
  for (let i = 4; i >= 0; i--) number = number * 10 + letters.indexOf(text.charAt(from + i))
  return number
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const load = new Load()
process.on('message', (request: LoadRequest) => {
  void answer(request).then((result) => process.send?.(result))
})

async function answer(request: LoadRequest): Promise<LoadResult | true> {
  switch (request.do) {
    case 'connect':
      await load.connect(request.pairs)
      return true
    case 'closed':
      return load.closed(request.inFlight, request.ms, request.acknowledged)
    case 'open':
      return load.open(request.perSecond, request.ms, request.acknowledged)
  }
}
