import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { median } from './figures.ts'
import {
  atOnce,
  type BenchMedium,
  type Carrier,
  type CarrierFacts,
  type CarrierGiven,
  carriers,
  media,
  oursFor,
  personOn,
} from './media/medium.ts'
import { type Peer, startPeer } from './media/peer.ts'

export interface MediumFigures {
  readonly medium: BenchMedium
  readonly messages: number
  readonly rounds: number
  /** Messages a second, medians; null where no library carries it by itself. */
  readonly out: Record<Carrier, number | null>
  readonly in: Record<Carrier, number | null>
}

const people = 64

/**
 * What each medium carries in a second, out and in: Parley whole, its channel alone before a server that forgets, and the bare library. Each is a
 * process of its own with a peer of its own, all peers in this process; they take turns in every round.
 */
export async function measureMedia(
  database: BenchDatabase,
  wanted: { messages: number; rounds: number; media?: readonly string[] },
): Promise<MediumFigures[]> {
  const figures: MediumFigures[] = []
  for (const medium of media) {
    if (wanted.media && !wanted.media.includes(medium)) continue
    figures.push(await measureMedium(database, medium, wanted))
  }
  return figures
}

async function measureMedium(
  database: BenchDatabase,
  medium: BenchMedium,
  { messages, rounds }: { messages: number; rounds: number },
): Promise<MediumFigures> {
  const running: { carrier: Carrier; side: Side }[] = []
  try {
    for (const carrier of carriers) {
      const side = await startSide(database, medium, carrier)
      if (side) running.push({ carrier, side })
    }
    const rates = { out: new Map<Carrier, number[]>(), in: new Map<Carrier, number[]>() }
    for (let round = 0; round <= rounds; round++) {
      for (let turn = 0; turn < running.length; turn++) {
        const { carrier, side } = running[(turn + round) % running.length] ?? {}
        if (!carrier || !side) continue
        const [out, into] = [await side.out(messages), await side.in(messages)]
        // The first round warms everything up, and tells people where to write to.
        if (round === 0) continue
        rates.out.set(carrier, [...(rates.out.get(carrier) ?? []), out])
        rates.in.set(carrier, [...(rates.in.get(carrier) ?? []), into])
      }
    }
    const of = (all: Map<Carrier, number[]>) => {
      const rate = (carrier: Carrier) => (all.has(carrier) ? median(all.get(carrier) ?? []) : null)
      return { parley: rate('parley'), channel: rate('channel'), library: rate('library') }
    }
    return { medium, messages, rounds, out: of(rates.out), in: of(rates.in) }
  } finally {
    for (const { side } of running) await side.stop()
  }
}

interface Side {
  /** Messages a second. */
  out(count: number): Promise<number>
  in(count: number): Promise<number>
  stop(): Promise<void>
}

async function startSide(database: BenchDatabase, medium: BenchMedium, carrier: Carrier): Promise<Side | null> {
  if (carrier === 'library' && (medium === 'xmpp' || medium === 'sip')) return null
  const ours = new Map<string, string>()
  let arrivals = 0
  let enough: { count: number; done(): void } | null = null
  const peer = await startPeer(medium, (to, from) => {
    ours.set(to.toLowerCase(), from)
    arrivals += 1
    if (enough && arrivals >= enough.count) enough.done()
  })
  const given: CarrierGiven = {
    carrier,
    medium,
    connectionString: database.connectionString,
    people,
    peer: { port: peer.port, user: peer.user, password: peer.password },
  }
  const child = new Child('serve-carrier.ts', given)
  const { port } = await child.answer<CarrierFacts>()
  return {
    async out(count) {
      const all = new Promise<void>((done) => {
        enough = { count: arrivals + count, done }
      })
      const began = performance.now()
      const asked = await child.ask<{ ok: boolean; why?: string }>({ count, atOnce, mark: crypto.randomUUID() })
      if (!asked.ok) throw new Error(`${carrier} could not carry ${medium}: ${asked.why}`)
      await all
      return (count / (performance.now() - began)) * 1000
    },
    in: (count) => bring(peer, { medium, ours, port, count }),
    async stop() {
      await child.stop()
      await peer.stop()
    },
  }
}

/** So many things that people say, each acknowledged before the same worker says the next. */
async function bring(
  peer: Peer,
  { medium, ours, port, count }: { medium: BenchMedium; ours: Map<string, string>; port: number | null; count: number },
): Promise<number> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      const from = personOn(medium, n % people)
      const to = ours.get(from.toLowerCase()) ?? oursFor(medium, n % people)
      await peer.says({ from, to, text: `Yes, from ten to four. (${n})`, id: crypto.randomUUID(), port })
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (count / (performance.now() - began)) * 1000
}
