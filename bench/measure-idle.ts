import { Child, type Memory } from './child.ts'
import type { BenchDatabase } from './database.ts'
import type { End, LoadRequest } from './load-pairs.ts'
import type { RelayFacts } from './relay-sockets.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

export interface IdleFigures {
  readonly sockets: number
  /** Bytes for each connection, once what is no longer needed has gone. */
  readonly bare: { rss: number; heap: number }
  readonly parley: { rss: number; heap: number }
}

const settleMs = 3_000

/** Connections that are open and say nothing: of a bare server, and of Parley with a conversation in each window. */
export async function measureIdle(database: BenchDatabase, sockets: number): Promise<IdleFigures> {
  const { connectionString } = database
  const relay = new Child('serve-relay.ts')
  const { url } = await relay.answer<RelayFacts>()
  const bareEnds = Array.from({ length: sockets / 2 }, (_, pair): [End, End] => {
    const end = (side: number): End => ({ url: `${url}/${pair}/${side}`, hello: null, to: '', seen: null })
    return [end(0), end(1)]
  })
  const bare = await growth(relay, bareEnds)
  const given: ParleyGiven = { connectionString, pairs: sockets / 2, tellsSeen: false, smtpPort: 9 }
  const server = new Child('serve-parley.ts', given)
  const { pairs } = await server.answer<ParleyFacts>()
  return { sockets, bare, parley: await growth(server, pairs) }
}

async function growth(server: Child, pairs: [End, End][]): Promise<{ rss: number; heap: number }> {
  // What the first connections bring along (compiled code, pools) is not theirs.
  const load = new Child('load-pairs.ts')
  await load.ask({ do: 'connect', pairs: pairs.slice(0, 50) } satisfies LoadRequest)
  await settled()
  const before = await server.memory()
  await load.ask({ do: 'connect', pairs: pairs.slice(50) } satisfies LoadRequest)
  await settled()
  const after = await server.memory()
  await load.stop()
  await server.stop()
  const each = (part: keyof Memory) => (after[part] - before[part]) / (2 * (pairs.length - 50))
  return { rss: each('rss'), heap: each('heapUsed') + each('external') }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settleMs))
}
