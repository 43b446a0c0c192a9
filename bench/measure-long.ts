import { mayRead, maySee, type Span, viewNumber } from '@parley/rules'
import pg from 'pg'
import { WebSocket } from 'ws'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { median, percentile } from './figures.ts'
import type { End } from './load-pairs.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

export interface Took {
  readonly p50: number
  readonly p95: number
}

export interface LongFigures {
  readonly times: number
  readonly sizes: readonly {
    readonly messages: number
    /** Into how many ranges the reader's right is broken. */
    readonly ranges: number
    /** Milliseconds from the hello to the latest page. */
    readonly open: Took
    /** From asking for the page before to having it, going back from the end. */
    readonly back: Took
    /** The same at places anywhere in it. */
    readonly anywhere: Took
  }[]
  /** Nanoseconds to decide about one message, by how many ranges a right has. */
  readonly decide: readonly { readonly ranges: number; readonly see: number; readonly number: number }[]
}

const pageSize = 100

/** A conversation as it grows: opened at its end, and read back page by page, by its visitor over a socket. */
export async function measureLong(
  database: BenchDatabase,
  options: { sizes: readonly number[]; times: number },
): Promise<LongFigures> {
  const kinds = options.sizes.flatMap((messages) => [
    { messages, ranges: 1 },
    { messages, ranges: 200 },
  ])
  const given: ParleyGiven = {
    connectionString: database.connectionString,
    pairs: kinds.length,
    tellsSeen: false,
    smtpPort: 1,
  }
  const server = new Child('serve-parley.ts', given)
  try {
    const { pairs } = await server.answer<ParleyFacts>()
    const client = new pg.Client({ connectionString: database.connectionString, options: '-c search_path=parley' })
    await client.connect()
    const ends = kinds.map((_, at) => pairs[at]?.[0] as End)
    for (const [at, kind] of kinds.entries()) {
      await fill(client, interactionOf(ends[at] as End), kind)
      console.log(`${kind.messages} messages in ${kind.ranges} ranges: written`)
    }
    await client.query('vacuum analyze')
    await client.end()
    const taken = kinds.map(() => ({ open: [] as number[], back: [] as number[], anywhere: [] as number[] }))
    // In turns, so that whatever else the machine does meets all of them alike.
    for (let time = -3; time < options.times; time++) {
      for (const [at, kind] of kinds.entries()) {
        const one = await readOnce(ends[at] as End, kind, time)
        if (time < 0) continue
        taken[at]?.open.push(one.open)
        taken[at]?.back.push(...one.back)
        taken[at]?.anywhere.push(...one.anywhere)
      }
    }
    return {
      times: options.times,
      sizes: kinds.map((kind, at) => ({
        ...kind,
        open: took(taken[at]?.open ?? []),
        back: took(taken[at]?.back ?? []),
        anywhere: took(taken[at]?.anywhere ?? []),
      })),
      decide: [1, 10, 200].map(decide),
    }
  } finally {
    await server.stop()
  }
}

const took = (values: readonly number[]): Took => ({ p50: median(values), p95: percentile(values, 0.95) })

export const interactionOf = (end: End): string => (JSON.parse(end.to) as { interaction: string }).interaction

/** So many messages of the two in turns; with several ranges the visitor's right leaves out one position between each. */
export async function fill(
  client: pg.Client,
  interaction: string,
  kind: { messages: number; ranges: number },
): Promise<void> {
  const of = [interaction, kind.messages]
  await client.query(
    `with place as (
       select account_id, conversation_id, array_agg(person_id order by role) as people, array_agg(participant_id order by role) as places
       from participant where interaction_id = $1 group by 1, 2
     ), said as (
       insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, key, at)
       select account_id, gen_random_uuid(), conversation_id, people[1 + n % 2], places[1 + n % 2], 'said', 'web',
         'Message number ' || n || ' of a conversation that has been going on for a long time.', decode(md5($1::text || n), 'hex'),
         now() - interval '400 days' + n * interval '5 minutes'
       from place, generate_series(1, $2) as n returning account_id, conversation_id, message_id, at
     )
     insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
     select account_id, $1, row_number() over (order by at), conversation_id, row_number() over (order by at), message_id from said`,
    of,
  )
  await client.query(
    `update conversation c set ordinal = $2 from interaction i where i.interaction_id = $1 and c.conversation_id = i.conversation_id`,
    of,
  )
  if (kind.ranges === 1) return
  const step = Math.floor(kind.messages / kind.ranges)
  const { rows } = await client.query(
    `delete from span s using participant p where s.interaction_id = $1 and p.interaction_id = $1 and p.person_id = s.person_id
       and p.role = 'initiator' returning s.account_id, s.conversation_id, s.person_id, s.created_at`,
    [interaction],
  )
  const [right] = rows
  await client.query(
    `insert into span (account_id, span_id, conversation_id, interaction_id, person_id, from_position, to_position, basis, created_at)
     select $2, gen_random_uuid(), $3, $1, $4, 1 + (n - 1) * $5::int, case when n = $6 then null else n * $5::int - 1 end, 'grant', $7
     from generate_series(1, $6::int) as n`,
    [interaction, right.account_id, right.conversation_id, right.person_id, step, kind.ranges, right.created_at],
  )
}

async function readOnce(end: End, kind: { messages: number; ranges: number }, time: number) {
  const socket = new WebSocket(end.url)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const interaction = interactionOf(end)
  let heard: (messages: { n: number }[]) => void = () => {}
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { t: string; interaction?: string; messages?: { n: number }[] }
    if (frame.t === 'messages' && frame.interaction === interaction) heard(frame.messages ?? [])
  })
  const ask = async (text: string) => {
    const answer = new Promise<{ n: number }[]>((resolve) => {
      heard = resolve
    })
    const began = performance.now()
    socket.send(text)
    const messages = await answer
    return { ms: performance.now() - began, messages }
  }
  const before = (n: number) => ask(JSON.stringify({ t: 'read', interaction, before: n }))
  const opened = await ask(end.hello ?? '')
  const last = opened.messages.at(-1)?.n ?? 0
  const expected = kind.messages - (kind.ranges - 1)
  if (last !== expected) throw new Error(`a conversation of ${kind.messages} ended at ${last}, and not at ${expected}`)
  const back: number[] = []
  for (let at = opened.messages[0]?.n ?? 1, page = 0; page < 5 && at > 1; page++) {
    const earlier = await before(at)
    if (earlier.messages.length !== Math.min(pageSize, at - 1)) throw new Error('a page is not whole')
    back.push(earlier.ms)
    at = earlier.messages[0]?.n ?? 1
  }
  const anywhere: number[] = []
  for (let probe = 1; probe <= 5; probe++) {
    const n = 1 + pageSize + (((time + 4) * 7919 + probe * 104_729) % (last - pageSize))
    anywhere.push((await before(n)).ms)
  }
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.close()
  await closed
  return { open: opened.ms, back, anywhere }
}

/** `maySee` as the road asks it, and the number in one's own view as a page of history asks it. */
function decide(ranges: number) {
  const spans = Array.from(
    { length: ranges },
    (_, n): Span => ({
      interaction: 'i',
      from: 1 + n * 10,
      to: n === ranges - 1 ? null : n * 10 + 9,
      basis: n === 0 ? 'member' : 'grant',
    }),
  )
  const own = mayRead(spans, 'i')
  const last = ranges * 10 + 50
  let count = 0
  const times = Math.ceil(4_000_000 / (ranges + 4))
  const nanoseconds = (work: (position: number) => unknown) => {
    for (let n = 0; n < 20_000; n++) count += work(1 + (n % last)) ? 1 : 0
    const began = performance.now()
    for (let n = 0; n < times; n++) count += work(1 + (n % last)) ? 1 : 0
    return ((performance.now() - began) * 1e6) / times
  }
  const see = nanoseconds((position) => maySee(spans, 'i', position))
  const number = nanoseconds((position) => viewNumber(own, position) !== null)
  if (count === 0) throw new Error('nothing may be seen')
  return { ranges, see, number }
}
