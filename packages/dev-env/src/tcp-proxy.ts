import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from './postfix.ts'
import { type Seeded, seeded } from './seeded.ts'
import { readFrames } from './ws-frames.ts'

export type Direction = 'to-server' | 'to-client'

export type Cut = {
  direction: Direction
  /** `reset`: both ends get an RST. `close`: both get an orderly end. `silence`: nobody is told, as when a cable is pulled. */
  how?: 'reset' | 'close' | 'silence'
} & ({ afterBytes: number } | { afterFrames: number })

export type TcpProxyOptions = {
  target: Endpoint
  /** Each piece waits this long, in each direction. Order is kept. */
  delayMs?: number
  /** And up to this much more, drawn with the seed. */
  jitterMs?: number
  seed?: number
}

export type TcpProxy = {
  host: string
  port: number
  url(path?: string): string
  connections(): number
  /** The connection that comes next is cut there, counted from its beginning; further calls are for the ones after it. */
  cutNext(cut: Cut): void
  /** Cuts everything that is open now. */
  cutAll(how?: NonNullable<Cut['how']>): void
  /** Holds all bytes back, in both directions, until `resume`. */
  pause(): void
  resume(): void
  /** Refuses new connections (the port is closed) until `accept`. */
  refuse(): Promise<void>
  accept(): Promise<void>
  delay(delayMs: number, jitterMs?: number): void
  retarget(target: Endpoint): void
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A bad network on loopback: stands between a client and a server and delays, holds back, cuts or refuses. */
export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const host = '127.0.0.1'
  const random = seeded(options.seed ?? 1)
  const state: Network = {
    target: options.target,
    delayMs: options.delayMs ?? 0,
    jitterMs: options.jitterMs ?? 0,
    isPaused: false,
    random,
    silenced: [],
  }
  const cuts: Cut[] = []
  const links = new Set<Link>()
  const take = (client: Socket) => {
    const link = joinLink(client, state, cuts.shift(), () => links.delete(link))
    links.add(link)
  }
  let server = await listen(take, host, 0)
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the proxy got no port')
  const { port } = address
  const cutAll = (how: NonNullable<Cut['how']> = 'reset') => {
    for (const link of [...links]) link.cut(how)
  }
  const refuse = async () => {
    if (server.listening) await new Promise<void>((resolve) => closeListener(server, resolve))
  }
  const stop = async () => {
    const closed = refuse()
    for (const link of [...links]) link.cut('reset')
    for (const socket of state.silenced) socket.destroy()
    await closed
  }
  return {
    host,
    port,
    url: (path = '') => `http://${host}:${port}${path}`,
    connections: () => links.size,
    cutNext: (cut) => void cuts.push(cut),
    cutAll,
    pause() {
      state.isPaused = true
    },
    resume() {
      state.isPaused = false
      for (const link of links) link.wake()
    },
    refuse,
    async accept() {
      if (!server.listening) server = await listen(take, host, port)
    },
    delay(delayMs, jitterMs = 0) {
      state.delayMs = delayMs
      state.jitterMs = jitterMs
    },
    retarget(target) {
      state.target = target
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

type Network = {
  target: Endpoint
  delayMs: number
  jitterMs: number
  isPaused: boolean
  random: Seeded
  silenced: Socket[]
}

type Link = { cut(how: NonNullable<Cut['how']>): void; wake(): void }

function joinLink(client: Socket, network: Network, cut: Cut | undefined, ended: () => void): Link {
  const upstream = connect(network.target)
  let isDead = false
  const end = () => {
    if (isDead) return
    isDead = true
    ended()
  }
  const link: Link = {
    cut(how) {
      end()
      toServer.stop()
      toClient.stop()
      if (how === 'silence') {
        // Nobody is told and nothing more is read; the sockets live until an end gives up or the proxy stops.
        client.pause()
        upstream.pause()
        network.silenced.push(client, upstream)
      } else if (how === 'reset') {
        client.resetAndDestroy()
        upstream.resetAndDestroy()
      } else {
        client.destroySoon()
        upstream.destroySoon()
      }
    },
    wake() {
      toServer.wake()
      toClient.wake()
    },
  }
  const cutFor = (direction: Direction) => (cut?.direction === direction ? cut : undefined)
  const toServer = pipe(client, upstream, network, cutFor('to-server'), link)
  const toClient = pipe(upstream, client, network, cutFor('to-client'), link)
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.setNoDelay(true)
    one.on('error', () => {
      end()
      other.resetAndDestroy()
    })
    one.on('close', end)
  }
  return link
}

/** Moves bytes one way. Pieces leave in the order in which they came, each no sooner than its delay. */
function pipe(from: Socket, to: Socket, network: Network, cut: Cut | undefined, link: Link) {
  const waiting: { piece: Buffer | undefined; due: number }[] = []
  let timer: NodeJS.Timeout | undefined
  let lastDue = 0
  let isStopped = false
  const reached = cut ? cutMeter(cut) : undefined

  const push = (piece: Buffer | undefined) => {
    const delay = network.delayMs + (network.jitterMs ? network.random.int(0, network.jitterMs) : 0)
    lastDue = Math.max(lastDue, performance.now() + delay)
    waiting.push({ piece, due: lastDue })
    wake()
  }
  const wake = () => {
    clearTimeout(timer)
    while (!isStopped && !network.isPaused) {
      const [first] = waiting
      if (!first) return
      const left = first.due - performance.now()
      if (left > 0) {
        timer = setTimeout(wake, left)
        return
      }
      waiting.shift()
      forward(first.piece)
    }
  }
  const forward = (piece: Buffer | undefined) => {
    if (!piece) return void to.end()
    const keep = reached?.(piece)
    if (keep === undefined) return void to.write(piece)
    isStopped = true
    const how = cut?.how ?? 'reset'
    // The bytes before the cut must get out first: a reset would throw them away.
    to.write(piece.subarray(0, keep), () => setTimeout(() => link.cut(how), 5))
  }
  from.on('data', push)
  from.on('end', () => push(undefined))
  return {
    wake,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Says how many bytes of a piece still pass, once it reaches the cut. */
function cutMeter(cut: Cut): (piece: Buffer) => number | undefined {
  let passed = 0
  if ('afterBytes' in cut) {
    return (piece) => {
      const left = cut.afterBytes - passed
      passed += piece.length
      return piece.length >= left ? left : undefined
    }
  }
  const frames = readFrames()
  return (piece) => {
    const ends = frames.endsIn(piece)
    const nth = ends[cut.afterFrames - passed - 1]
    passed += ends.length
    return nth
  }
}

function listen(take: (client: Socket) => void, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Half-open, so that one side may end its half and still read: the proxy passes ends on, it does not make them.
    const server = createServer({ allowHalfOpen: true }, take)
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

// `close` waits for open connections, which a closed port does not touch: only the listening has to end.
function closeListener(server: Server, done: () => void): void {
  server.close()
  setImmediate(done)
}
