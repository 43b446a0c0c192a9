import pg from 'pg'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { connectDesk } from './desk-end.ts'
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
    const desk = await connectDesk(pairs[0]?.[1] as End)
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
