import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { WebSocket } from 'ws'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import type { End } from './load-pairs.ts'
import { fill, interactionOf } from './measure-long.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

/** Milliseconds, each time. */
export interface MergeFigures {
  readonly messages: number
  readonly merge: readonly number[]
  readonly undo: readonly number[]
  readonly mergeOfOnePerson: readonly number[]
  readonly undoOfOnePerson: readonly number[]
}

/** Two conversations of so many messages each are merged and taken apart again, by who works at the desk, over a socket. */
export async function measureMerge(
  database: BenchDatabase,
  { messages, times }: { messages: number; times: number },
): Promise<MergeFigures> {
  const given: ParleyGiven = {
    connectionString: database.connectionString,
    pairs: 2,
    tellsSeen: false,
    smtpPort: 1,
  }
  const server = new Child('serve-parley.ts', given)
  try {
    const { pairs } = await server.answer<ParleyFacts>()
    const ends = pairs.map(([visitor]) => visitor)
    const client = new pg.Client({ connectionString: database.connectionString, options: '-c search_path=parley' })
    await client.connect()
    for (const end of ends) await fill(client, interactionOf(end), { messages, ranges: 1 })
    await client.query(`update responder set role = 'supervisor'`)
    await client.query('vacuum analyze')
    const found = await client.query<{ interaction_id: string; conversation_id: string }>(
      'select interaction_id, conversation_id from interaction where interaction_id = any($1)',
      [ends.map(interactionOf)],
    )
    await client.end()
    const [into, from] = found.rows.map(({ conversation_id: conversation }) => ({ conversation }))
    const desk = await connect(pairs[0]?.[1] as End)
    const merge: number[] = []
    const undo: number[] = []
    const mergeOfOnePerson: number[] = []
    const undoOfOnePerson: number[] = []
    // The first time warms up.
    for (let time = -1; time < times; time++) {
      const plain = await desk.does('merge', { into, from })
      const back = await desk.does('undo', { operation: plain.operation })
      const same = await desk.does('merge', { into, from, samePerson: true })
      const two = await desk.does('undo', { operation: same.operation })
      if (time < 0) continue
      merge.push(plain.ms)
      undo.push(back.ms)
      mergeOfOnePerson.push(same.ms)
      undoOfOnePerson.push(two.ms)
    }
    await desk.close()
    return { messages, merge, undo, mergeOfOnePerson, undoOfOnePerson }
  } finally {
    await server.stop()
  }
}

async function connect(end: End) {
  const socket = new WebSocket(end.url)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const waiting = new Map<string, (frame: { t: string; reason?: string; result?: { operation: string } }) => void>()
  let welcomed: () => void = () => {}
  const welcome = new Promise<void>((resolve) => {
    welcomed = resolve
  })
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { t: string; id?: string }
    if (frame.t === 'welcome') welcomed()
    if (frame.id) waiting.get(frame.id)?.(frame)
  })
  socket.send(end.hello ?? '')
  await welcome
  return {
    async does(operation: string, input: unknown) {
      const id = randomUUID()
      const answered = new Promise<{ t: string; reason?: string; result?: { operation: string } }>((resolve) => {
        waiting.set(id, resolve)
      })
      const began = performance.now()
      socket.send(JSON.stringify({ t: 'do', id, operation, input }))
      const { t, reason, result } = await answered
      const ms = performance.now() - began
      if (t !== 'done' || !result) throw new Error(`${operation} was refused: ${reason}`)
      return { ms, operation: result.operation }
    },
    async close() {
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.close()
      await closed
    },
  }
}
