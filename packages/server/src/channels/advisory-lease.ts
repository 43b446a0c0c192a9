import { setTimeout as sleep } from 'node:timers/promises'
import type { HeldLease, Lease } from '@parley/channel-sdk'
import pg from 'pg'

/** 'leas' in ASCII: one half of the lock's key, the other is made of the name. */
const leaseClass = 0x6c656173
/** Whoever holds it hears within two of these that it is lost; PostgreSQL gives it to somebody else only later (`keepAlive`). */
const heartbeatMs = 5_000
const reconnectMs = 1_000
/** Over TCP the server notices that a holder is gone after this: idle + interval × count seconds, and later than the holder itself. */
const keepAlive = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

/**
 * Leases between the processes of an installation: an advisory lock of PostgreSQL's for each, on a connection of its own. It goes with the
 * connection, so nothing is to be cleared up after a process that died, and the next in line has it at once. `scope` keeps the names of two
 * channels apart.
 */
export function advisoryLeases(
  connection: pg.PoolConfig,
  scope: string,
  options: { heartbeatMs?: number } = {},
): Lease {
  return async (name, isStopping) => {
    for (;;) {
      isStopping.throwIfAborted()
      const held = await tryToHold(connection, `${scope}/${name}`, isStopping, options.heartbeatMs ?? heartbeatMs)
      if (held) return held
      await sleep(reconnectMs, undefined, { signal: isStopping })
    }
  }
}

/** Waits in line as long as it takes. Null when the connection broke meanwhile. */
async function tryToHold(
  connection: pg.PoolConfig,
  name: string,
  isStopping: AbortSignal,
  beatMs: number,
): Promise<HeldLease | null> {
  const client = new pg.Client({ ...connection, keepAlive: true, options: keepAlive })
  const lost = new AbortController()
  const isGone = () => lost.abort(new Error(`the lease on "${name}" is lost`))
  client.on('error', isGone)
  client.on('end', isGone)
  // Ending the connection is the only way out of the line.
  const leave = () => void client.end().catch(() => undefined)
  isStopping.addEventListener('abort', leave, { once: true })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1, hashtext($2))', [leaseClass, name])
  } catch (error) {
    leave()
    isStopping.throwIfAborted()
    if (isHopeless(error)) throw error
    return null
  } finally {
    isStopping.removeEventListener('abort', leave)
  }
  if (isStopping.aborted || lost.signal.aborted) {
    leave()
    isStopping.throwIfAborted()
    return null
  }
  const beat = setInterval(() => void stillThere(client, beatMs).catch(isGone), beatMs)
  lost.signal.addEventListener('abort', () => {
    clearInterval(beat)
    leave()
  })
  return {
    isLost: lost.signal,
    async release() {
      clearInterval(beat)
      client.off('end', isGone)
      await client.end().catch(() => undefined)
    },
  }
}

async function stillThere(client: pg.Client, withinMs: number): Promise<void> {
  const late = new AbortController()
  const answered = client.query('select 1')
  try {
    await Promise.race([
      answered,
      sleep(withinMs, undefined, { signal: late.signal }).then(() => {
        throw new Error('the database does not answer')
      }),
    ])
  } finally {
    late.abort()
    answered.catch(() => undefined)
  }
}

/** What no waiting mends: the credentials are wrong (SQLSTATE class 28), or there is no such database. */
function isHopeless(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(28|3D)/.test(String(error.code))
}
