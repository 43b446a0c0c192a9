import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { End } from './load-pairs.ts'

export interface Answered {
  /** Milliseconds from asking to the answer. */
  readonly ms: number
  readonly refusal: string | null
  readonly result: { readonly operation: string; readonly interaction?: string } | null
}

/** Somebody at the desk, who does operations over a socket. */
export interface DeskEnd {
  asks(operation: string, input: unknown): Promise<Answered>
  /** What must not be refused. */
  does(operation: string, input: unknown): Promise<{ ms: number; operation: string; interaction?: string }>
  close(): Promise<void>
}

type Frame = { t: string; id?: string; reason?: string; result?: { operation: string; interaction?: string } }

export async function connectDesk(end: End): Promise<DeskEnd> {
  const socket = new WebSocket(end.url)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const waiting = new Map<string, (frame: Frame) => void>()
  let welcomed: () => void = () => {}
  const welcome = new Promise<void>((resolve) => {
    welcomed = resolve
  })
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    if (frame.t === 'welcome') welcomed()
    if (frame.id) waiting.get(frame.id)?.(frame)
  })
  // Nobody waits for an answer that will not come.
  socket.on('close', (code, reason) => {
    for (const answer of waiting.values()) answer({ t: 'refused', reason: `closed: ${code} ${reason}` })
  })
  socket.send(end.hello ?? '')
  await welcome
  const asks = async (operation: string, input: unknown): Promise<Answered> => {
    const id = randomUUID()
    const answered = new Promise<Frame>((resolve) => {
      waiting.set(id, resolve)
    })
    const began = performance.now()
    socket.send(JSON.stringify({ t: 'do', id, operation, input }))
    const { t, reason = '', result = null } = await answered
    const ms = performance.now() - began
    waiting.delete(id)
    return { ms, refusal: t === 'done' ? null : reason, result }
  }
  return {
    asks,
    async does(operation, input) {
      const { ms, refusal, result } = await asks(operation, input)
      if (!result) throw new Error(`${operation} was refused: ${refusal}`)
      return { ms, ...result }
    },
    async close() {
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.close()
      await closed
    },
  }
}
