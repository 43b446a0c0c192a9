import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelHost, Health } from '@parley/channel-sdk'
import { type CarrierConnection, openConnection } from './carrier-connection.ts'

export interface StayingConnected {
  /** Null while there is none. */
  connection(): CarrierConnection | null
  health(): Health
  /** Resolves when it is known how things stand: connected, waiting for another process, or trying again. */
  readonly settled: Promise<void>
  /** Resolves when everything has ended after `isStopping`. */
  readonly ended: Promise<void>
}

const reconnectMs = 500
/** Whoever has not got the lease after so long waits for another process that has it. */
const leaseMs = 1_000

/**
 * The one connection that the carrier allows an account, held by one process of the installation: wait for the lease, connect, and connect
 * again whenever it ends, until the lease is lost or we stop. Nothing here is an exception: what is wrong is a state of health.
 */
export function stayConnected(
  address: { host: string; port: number },
  host: Pick<ChannelHost, 'lease' | 'clock'>,
  isStopping: AbortSignal,
  on: { line(line: string): void; lost(): void },
): StayingConnected {
  const settled = Promise.withResolvers<void>()
  let connection: CarrierConnection | null = null
  let health: Health = { state: 'starting' }

  const become = (next: Health) => {
    health = next
    settled.resolve()
  }
  const isDown = (reason: string) => {
    if (health.state !== 'down') become({ state: 'down', reason, since: host.clock.now() })
  }

  async function connectOnce(isOver: AbortSignal): Promise<void> {
    const closed = Promise.withResolvers<void>()
    try {
      connection = await openConnection(address, { line: on.line, end: () => closed.resolve() })
    } catch {
      return isDown('the carrier does not answer')
    }
    become({ state: 'up' })
    const { close } = connection
    isOver.addEventListener('abort', close, { once: true })
    if (isOver.aborted) close()
    await closed.promise
    isOver.removeEventListener('abort', close)
    connection = null
    on.lost()
    isDown('the carrier ended the connection')
  }

  async function hold(): Promise<void> {
    const waits = setTimeout(() => become({ state: 'standby' }), leaseMs)
    const lease = await host.lease('connection', isStopping).finally(() => clearTimeout(waits))
    const isOver = AbortSignal.any([isStopping, lease.isLost])
    while (!isOver.aborted) {
      await connectOnce(isOver)
      await sleep(reconnectMs, undefined, { signal: isOver }).catch(() => undefined)
    }
    await lease.release()
  }

  async function untilStopped(): Promise<void> {
    // `hold` rejects when we stop while waiting for the lease.
    while (!isStopping.aborted) await hold().catch(() => isDown('the lease is not to be had'))
    settled.resolve()
  }

  return { connection: () => connection, health: () => health, settled: settled.promise, ended: untilStopped() }
}
