import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { WebSocket } from 'ws'
import { givenTo } from './child.ts'
import { serveRelay } from './relay-sockets.ts'

interface Waiting {
  own: WebSocket
  other: WebSocket | undefined
  pair: number
  said: { id: string; text: string }
}

const { connectionString } = givenTo<{ connectionString: string }>()
const pool = new pg.Pool({ connectionString, max: 2 })
await pool.query(
  `create table if not exists relayed (id uuid primary key, pair int not null, body text not null, at timestamptz not null)`,
)

const insert = {
  name: 'relayed',
  text: 'insert into relayed select m.*, $4 from unnest($1::uuid[], $2::int[], $3::text[]) as m',
}
let waiting: Waiting[] = []
let running = 0

/**
 * (b): commits what has arrived in one statement, then acknowledges it to the one side and hands it to the other. What arrives
 * meanwhile is the next batch, two at once.
 */
serveRelay((own, other, frame, pair) => {
  waiting.push({ own, other, pair, said: JSON.parse(frame.toString()) })
  if (waiting.length === 1) setImmediate(commit)
})

function commit(): void {
  if (running >= 2 || waiting.length === 0) return
  const batch = waiting
  waiting = []
  running += 1
  const ids = batch.map(() => randomUUID())
  const at = new Date()
  const values = [ids, batch.map(({ pair }) => pair), batch.map(({ said }) => said.text), at]
  void pool.query({ ...insert, values }).then(() => {
    for (const [index, { own, other, said }] of batch.entries()) {
      own.send(`{"t":"said","id":"${said.id}","message":"${ids[index]}"}`)
      other?.send(
        `{"t":"messages","id":"${ids[index]}","at":"${at.toISOString()}","text":${JSON.stringify(said.text)}}`,
      )
    }
    running -= 1
    commit()
  })
}
