import type { Socket } from 'node:net'
import { answerTo, commands, isAnswer, statuses } from '../pdu/codes.ts'
import type { Body, MessageFields, Pdu } from '../pdu/pdu.ts'
import { PduFrames } from '../pdu/pdu-frames.ts'
import { readPdu } from '../pdu/read-pdu.ts'
import { writePdu } from '../pdu/write-pdu.ts'

export interface SessionLimits {
  /** Requests of ours that may wait for their answers at once. */
  window: number
  /** How long an answer may take. */
  answerMs: number
  /** After this long without a byte from the peer it is asked whether it is there. */
  quietMs: number
}

export type Answer =
  | { kind: 'answered'; status: number; id: string }
  /** It was written and nothing came back: the peer may or may not have taken it. */
  | { kind: 'unanswered'; why: string }
  /** It was never written. */
  | { kind: 'unsent'; why: string }

/** What the peer says, with its bytes as they came, and what is to be answered: a status of `codes.ts`. */
export type TakeMessage = (message: MessageFields, raw: Uint8Array) => Promise<number>

/** So many messages of the peer's may wait for us at once; more are to come again. */
const mostInside = 500

interface Waiting {
  answered(answer: Answer): void
  timer: NodeJS.Timeout
}

/** One connection to an SMSC: requests with their answers, the peer's messages with ours, and whether anybody is still there. */
export class SmppSession {
  /** Resolves with the reason when the connection is over. */
  readonly ended: Promise<string>
  readonly #socket: Socket
  readonly #limits: SessionLimits
  readonly #take: TakeMessage
  readonly #frames = new PduFrames()
  readonly #waiting = new Map<number, Waiting>()
  readonly #queue: (() => void)[] = []
  #tellEnded: (why: string) => void = () => undefined
  #sequence = 0
  #inside = 0
  #quiet: NodeJS.Timeout
  #isOver: string | null = null

  constructor(socket: Socket, limits: SessionLimits, take: TakeMessage) {
    this.#socket = socket
    this.#limits = limits
    this.#take = take
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve
    })
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', (error) => this.end('code' in error ? String(error.code) : 'the connection broke'))
    socket.on('close', () => this.end('the SMSC closed the connection'))
    this.#quiet = this.#listenForSilence()
  }

  /** Waits for a place in the window, writes, and waits for the answer. */
  async request(command: number, body: Body): Promise<Answer> {
    while (this.#waiting.size >= this.#limits.window && this.#isOver === null) {
      await new Promise<void>((resolve) => this.#queue.push(resolve))
    }
    return this.#ask(command, body)
  }

  /** Says goodbye and closes; whatever still waits for an answer learns that there is none. */
  async unbind(): Promise<void> {
    if (this.#isOver !== null) return
    await Promise.race([
      this.#ask(commands.unbind, { kind: 'empty' }),
      new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
    ])
    this.end('we closed the connection')
  }

  end(why: string): void {
    if (this.#isOver !== null) return
    this.#isOver = why
    clearTimeout(this.#quiet)
    this.#socket.destroy()
    for (const { answered, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      answered({ kind: 'unanswered', why })
    }
    this.#waiting.clear()
    for (const goOn of this.#queue.splice(0)) goOn()
    this.#tellEnded(why)
  }

  #ask(command: number, body: Body): Promise<Answer> {
    if (this.#isOver !== null) return Promise.resolve({ kind: 'unsent', why: this.#isOver })
    // §5.1.4: from 1 up to 0x7fffffff, and round again.
    this.#sequence = this.#sequence >= 0x7fffffff ? 1 : this.#sequence + 1
    const sequence = this.#sequence
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#settle(sequence, { kind: 'unanswered', why: 'the SMSC did not answer in time' })
        if (command === commands.enquireLink) this.end('the SMSC does not answer any more')
      }, this.#limits.answerMs)
      this.#waiting.set(sequence, { answered: resolve, timer })
      this.#write({ command, status: 0, sequence, body })
    })
  }

  #settle(sequence: number, answer: Answer): void {
    const waiting = this.#waiting.get(sequence)
    if (!waiting) return
    this.#waiting.delete(sequence)
    clearTimeout(waiting.timer)
    waiting.answered(answer)
    this.#queue.shift()?.()
  }

  #read(chunk: Buffer): void {
    if (this.#isOver !== null) return
    this.#quiet.refresh()
    const frames = this.#frames.push(chunk)
    if (!frames) {
      this.#nack(statuses.invalidCommandLength, 0)
      this.end('the SMSC sent something that is no SMPP')
      return
    }
    for (const frame of frames) if (this.#isOver === null) this.#takeFrame(frame)
  }

  #takeFrame(frame: Uint8Array): void {
    const reading = readPdu(frame)
    if (reading.ok) this.#takePdu(reading.pdu, frame)
    else this.#refuseFrame(reading)
  }

  #refuseFrame({ command, sequence, because }: { command: number; sequence: number; because: string }): void {
    const isMessage = command === commands.deliverSm || command === commands.dataSm
    if (isAnswer(command)) this.#settle(sequence, { kind: 'unanswered', why: `of its answer ${because}` })
    else if (isMessage) this.#answer(command, sequence, statuses.invalidMessageLength)
    else this.#nack(statuses.invalidCommandLength, sequence)
  }

  #takePdu({ command, status, sequence, body }: Pdu, frame: Uint8Array): void {
    if (isAnswer(command)) {
      const id = body.kind === 'answer' ? body.id : ''
      // A generic_nack carries the number of what it refuses (§4.3).
      this.#settle(sequence, { kind: 'answered', status: refusalOf(command, status), id })
    } else if ((command === commands.deliverSm || command === commands.dataSm) && body.kind === 'message') {
      void this.#takeMessage(command, sequence, body.message, frame)
    } else if (command === commands.enquireLink) this.#answer(command, sequence, statuses.ok)
    else if (command === commands.unbind) {
      this.#answer(command, sequence, statuses.ok)
      this.end('the SMSC unbound us')
    } else this.#nack(statuses.invalidCommand, sequence)
  }

  async #takeMessage(command: number, sequence: number, message: MessageFields, raw: Uint8Array): Promise<void> {
    if (this.#inside >= mostInside) return this.#answer(command, sequence, statuses.temporary)
    this.#inside += 1
    try {
      this.#answer(command, sequence, await this.#take(message, raw))
    } catch {
      this.#answer(command, sequence, statuses.temporary)
    } finally {
      this.#inside -= 1
    }
  }

  #answer(command: number, sequence: number, status: number): void {
    const isMessage = command === commands.deliverSm || command === commands.dataSm
    const body: Body = isMessage ? { kind: 'answer', id: '', optional: new Map() } : { kind: 'empty' }
    this.#write({ command: answerTo(command), status, sequence, body })
  }

  #nack(status: number, sequence: number): void {
    this.#write({ command: commands.genericNack, status, sequence, body: { kind: 'empty' } })
  }

  #write(pdu: Pdu): void {
    if (this.#isOver === null && this.#socket.writable) this.#socket.write(writePdu(pdu))
  }

  #listenForSilence(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      void this.#ask(commands.enquireLink, { kind: 'empty' })
      timer.refresh()
    }, this.#limits.quietMs)
    return timer
  }
}

/** A nack with status 0 is a refusal all the same. */
function refusalOf(command: number, status: number): number {
  return command === commands.genericNack && status === 0 ? statuses.invalidCommand : status
}
