import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { seeded } from '@parley/dev-env'
import { type HelpRequest, HuntIndex, judgePrepared, prepareRequest } from '@parley/rules'
import { percentile } from './figures.ts'
import { type HuntWorld, huntWorld } from './hunt-world.ts'

/** Milliseconds by the clock on the wall, and on average of the thread alone, which other work on the machine changes least. */
export interface Taken {
  readonly p50: number
  readonly p99: number
  readonly most: number
  readonly processor: number
}

export interface HuntFigures {
  readonly responders: number
  readonly buildSeconds: number
  /** Of heap and buffers, for each responder. */
  readonly bytes: number
  /** A request of which much is known. */
  readonly request: Taken
  readonly matches: { p50: number; most: number }
  /** A request of which nothing is known: everybody matches, a hundred are drawn. */
  readonly open: Taken
  /** A request as the first, with a text of ten thousand words. */
  readonly long: Taken
  /** Judging everybody, one after the other. */
  readonly loop: { wall: number; processor: number }
  /** Somebody changes what they want. */
  readonly change: Taken
}

const requests = 2_000
const warmUp = 200
const openRequests = 200
const loops = 5
const sampleOf = 100
/** Requests come so far apart that hours begin and end among them. */
const apartMs = 7_000
const start = Date.parse('2026-06-02T07:00Z')
const chunk = 20_000

/** The hunt's index alone, in this process: as many responders as asked for, a thousandth of whom want a usual question. */
export async function measureHunt(counts: readonly number[]): Promise<HuntFigures[]> {
  const figures: HuntFigures[] = []
  for (const responders of counts) {
    figures.push(await measure(huntWorld(20_261_122), responders))
    console.log(`${responders} responders: done`)
  }
  return figures
}

async function measure(world: HuntWorld, responders: number): Promise<HuntFigures> {
  const before = heldBytes()
  const index = new HuntIndex()
  let buildMs = 0
  for (let from = 0; from < responders; from += chunk) {
    const wantings = Array.from({ length: Math.min(chunk, responders - from) }, (_, n) => world.wanting(from + n))
    const began = performance.now()
    for (const wanting of wantings) index.put(wanting)
    buildMs += performance.now() - began
    await breath()
  }
  const bytes = (heldBytes() - before) / responders

  const matches: number[] = []
  const request = await timed(requests + warmUp, (n) => {
    const asked = world.request(n)
    const now = new Date(start + n * apartMs)
    return () => void matches.push(index.match(asked, now).count)
  })
  const random = seeded(1)
  const nothing: HelpRequest = { facts: {}, text: null }
  const open = await timed(openRequests + warmUp, (n) => {
    const now = new Date(start + n * apartMs)
    return () => void index.match(nothing, now).sample(sampleOf, random.next)
  })
  const long = await timed(openRequests + warmUp, (n) => {
    const asked = { ...world.request(n), text: longText(world, n) }
    const now = new Date(start + n * apartMs)
    return () => void index.match(asked, now)
  })
  const loop = await lookAtEach(world, responders, index)
  const changes = Math.ceil(responders / 2.5)
  const change = await timed(changes, (n) => {
    const wanting = { ...world.wanting(responders + n), person: world.wanting(n % responders).person }
    return () => index.put(wanting)
  })
  return {
    responders,
    buildSeconds: buildMs / 1_000,
    bytes,
    request,
    matches: { p50: percentile(matches, 0.5), most: Math.max(...matches) },
    open,
    long,
    loop,
    change,
  }
}

function longText(world: HuntWorld, number: number): string {
  const texts = Array.from({ length: 500 }, (_, n) => world.request(number * 500 + n).text)
  return texts.join(' ').split(' ', 10_000).join(' ')
}

/** The plain loop, over so many at a time that they need not all be held, and whether it finds the same. */
async function lookAtEach(world: HuntWorld, responders: number, index: HuntIndex): Promise<HuntFigures['loop']> {
  const asked = Array.from({ length: loops }, (_, n) => {
    const now = new Date(start + n * apartMs)
    return {
      now,
      request: prepareRequest(world.request(n)),
      found: index.match(world.request(n), now),
      expected: [] as string[],
    }
  })
  const taken = { wall: 0, processor: 0 }
  for (let from = 0; from < responders; from += chunk) {
    const wantings = Array.from({ length: Math.min(chunk, responders - from) }, (_, n) => world.wanting(from + n))
    for (const { now, request, expected } of asked) {
      const [wall, processor] = [performance.now(), processorMs()]
      for (const wanting of wantings) if (judgePrepared(wanting, request, now).matches) expected.push(wanting.person)
      taken.wall += performance.now() - wall
      taken.processor += processorMs() - processor
    }
    await breath()
  }
  for (const { found, expected } of asked) {
    if (JSON.stringify([...found]) !== JSON.stringify(expected))
      throw new Error('the index does not find what the loop finds')
  }
  return { wall: taken.wall / loops, processor: taken.processor / loops }
}

/** `prepare` gives what is measured; the first runs, in which code is compiled, do not count. */
async function timed(times: number, prepare: (n: number) => () => void): Promise<Taken> {
  const walls: number[] = []
  let processor = 0
  for (let n = 0; n < times; n += 1) {
    const work = prepare(n)
    const [wall, own] = [performance.now(), processorMs()]
    work()
    const [wallMs, ownMs] = [performance.now() - wall, processorMs() - own]
    if (n < warmUp) continue
    walls.push(wallMs)
    // The kernel counts in ticks of some milliseconds: only the sum of many says something.
    processor += ownMs
    if (n % 100 === 0) await breath()
  }
  return {
    p50: percentile(walls, 0.5),
    p99: percentile(walls, 0.99),
    most: percentile(walls, 1),
    processor: processor / walls.length,
  }
}

function processorMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
