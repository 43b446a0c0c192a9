import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { median } from './figures.ts'
import type { End, LoadRequest, LoadResult } from './load-pairs.ts'
import { processorMs } from './processor-time.ts'
import type { RelayFacts } from './relay-sockets.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

export const subjects = ['relay', 'committed', 'parley', 'parley-seen'] as const
export type Subject = (typeof subjects)[number]

export interface RoadRounds {
  rounds: number
  seconds: number
  pairs: number
  inFlight: readonly number[]
  subjects: readonly Subject[]
  /** Node's flags for the process of Parley, to profile it. */
  flags: readonly string[]
}

export interface RoadFigures {
  readonly rounds: number
  readonly seconds: number
  readonly pairs: number
  readonly subjects: readonly Subject[]
  /** Messages a second with so many in flight, the median of the rounds. */
  readonly rate: Record<number, Partial<Record<Subject, number>>>
  /** Microseconds of processor time for each message, of the server and of PostgreSQL: what a busy machine changes least. */
  readonly processor: Record<number, Partial<Record<Subject, { server: number; postgres: number; load: number }>>>
  readonly at1000: Partial<Record<Subject, { p50: number; p99: number }>>
}

// As bin/parley.mjs starts the server.
const memory = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring']

interface Running {
  subject: Subject
  server: Child
  load: Child
  acknowledged: boolean
}

/** Every subject in every round one after the other, so that whatever else the machine does meets all of them. */
export async function measureRoad(database: BenchDatabase, wanted: RoadRounds): Promise<RoadFigures> {
  const running: Running[] = []
  for (const subject of wanted.subjects) running.push(await start(subject, database, wanted))
  const rates = new Map<string, number[]>()
  const costs = new Map<string, Cost[]>()
  const latencies = new Map<Subject, LoadResult[]>()
  try {
    for (const one of running)
      await ask(one, { do: 'closed', inFlight: 500, ms: 1_500, acknowledged: one.acknowledged })
    for (let round = 0; round < wanted.rounds; round++) {
      for (const flying of wanted.inFlight) {
        for (const one of inTurn(running, round)) {
          const ms = wanted.seconds * 1_000
          const before = spent(one, database)
          const result = await ask(one, { do: 'closed', inFlight: flying, ms, acknowledged: one.acknowledged })
          const cost = each(before, spent(one, database), result.sent)
          push(rates, `${one.subject} ${flying}`, result.perSecond)
          push(costs, `${one.subject} ${flying}`, cost)
          console.log(
            `  round ${round + 1}  ${one.subject.padEnd(12)} ${flying} in flight  ${Math.round(result.perSecond)} /s  µs each: server ${Math.round(cost.server)}  postgres ${Math.round(cost.postgres)}  load ${Math.round(cost.load)}`,
          )
        }
      }
      for (const one of inTurn(running, round)) {
        const ms = wanted.seconds * 1_000
        const result = await ask(one, { do: 'open', perSecond: 1_000, ms, acknowledged: one.acknowledged })
        push(latencies, one.subject, result)
        console.log(
          `  round ${round + 1}  ${one.subject.padEnd(12)} at 1,000 /s  p50 ${result.p50.toFixed(2)}  p99 ${result.p99.toFixed(2)} ms`,
        )
      }
    }
  } finally {
    for (const { load, server } of running) {
      await load.stop()
      await server.stop()
    }
  }
  const of = <T>(give: (subject: Subject) => T) =>
    Object.fromEntries(running.map(({ subject }) => [subject, give(subject)]))
  return {
    rounds: wanted.rounds,
    seconds: wanted.seconds,
    pairs: wanted.pairs,
    subjects: wanted.subjects,
    rate: Object.fromEntries(
      wanted.inFlight.map((flying) => [flying, of((subject) => median(rates.get(`${subject} ${flying}`) ?? []))]),
    ),
    processor: Object.fromEntries(
      wanted.inFlight.map((flying) => [flying, of((subject) => middle(costs.get(`${subject} ${flying}`) ?? []))]),
    ),
    at1000: of((subject) => ({
      p50: median(latencies.get(subject)?.map(({ p50 }) => p50) ?? []),
      p99: median(latencies.get(subject)?.map(({ p99 }) => p99) ?? []),
    })),
  }
}

async function start(subject: Subject, database: BenchDatabase, wanted: RoadRounds): Promise<Running> {
  const { connectionString } = database
  const load = new Child('load-pairs.ts')
  if (subject === 'parley' || subject === 'parley-seen') {
    const tellsSeen = subject === 'parley-seen'
    const given: ParleyGiven = { connectionString, pairs: wanted.pairs, tellsSeen, smtpPort: 9 }
    const server = new Child('serve-parley.ts', given, [...memory, ...wanted.flags])
    const { pairs } = await server.answer<ParleyFacts>()
    await load.ask({ do: 'connect', pairs } satisfies LoadRequest)
    return { subject, server, load, acknowledged: true }
  }
  const server = new Child(subject === 'relay' ? 'serve-relay.ts' : 'serve-committed-relay.ts', { connectionString })
  const { url } = await server.answer<RelayFacts>()
  const pairs = Array.from({ length: wanted.pairs }, (_, pair): [End, End] => {
    const end = (side: number): End => ({
      url: `${url}/${pair}/${side}`,
      hello: null,
      to: `{"pair":${pair}}`,
      seen: null,
    })
    return [end(0), end(1)]
  })
  await load.ask({ do: 'connect', pairs } satisfies LoadRequest)
  return { subject, server, load, acknowledged: subject !== 'relay' }
}

async function ask({ subject, load }: Running, request: LoadRequest): Promise<LoadResult> {
  const result = await load.ask<LoadResult>(request)
  if (result.lost > 0 || result.twice > 0) {
    throw new Error(`${subject} lost ${result.lost} and doubled ${result.twice} of ${result.sent} messages`)
  }
  return result
}

interface Cost {
  server: number
  postgres: number
  load: number
}

function spent({ server, load }: Running, database: BenchDatabase): Cost {
  return {
    server: processorMs(server.process.pid ?? 0),
    postgres: processorMs(database.pid),
    load: processorMs(load.process.pid ?? 0),
  }
}

function each(before: Cost, after: Cost, messages: number): Cost {
  const of = (part: keyof Cost) => ((after[part] - before[part]) * 1_000) / messages
  return { server: of('server'), postgres: of('postgres'), load: of('load') }
}

function middle(costs: readonly Cost[]): Cost {
  const of = (part: keyof Cost) => median(costs.map((cost) => cost[part]))
  return { server: of('server'), postgres: of('postgres'), load: of('load') }
}

/** A different one begins in every round. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  return [...all.slice(round % all.length), ...all.slice(0, round % all.length)]
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
