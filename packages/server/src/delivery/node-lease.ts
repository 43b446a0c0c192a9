import { randomInt } from 'node:crypto'
import type pg from 'pg'

/** Half of a two-part advisory lock key: the other half is the node's number. */
const leaseClass = 0x7061726c

/**
 * A process holds an advisory lock on its number as long as it lives, on a connection of its own: PostgreSQL itself tells, at once and
 * exactly, which of the processes that leased lanes are gone.
 */
export class NodeLease {
  readonly node: number
  readonly #client: pg.PoolClient

  private constructor(node: number, client: pg.PoolClient) {
    this.node = node
    this.#client = client
  }

  static async take(pool: pg.Pool): Promise<NodeLease> {
    const client = await pool.connect()
    const node = randomInt(1, 2 ** 31 - 1)
    await client.query('select pg_advisory_lock($1, $2)', [leaseClass, node])
    return new NodeLease(node, client)
  }

  /** Nodes that hold leases on lanes and are no longer there. */
  async deadNodes(pool: pg.Pool): Promise<number[]> {
    const { rows } = await pool.query<{ node: number }>(
      'select distinct leased_by as node from parley.lane where leased_by is not null and leased_by <> $1',
      [this.node],
    )
    const dead: number[] = []
    for (const { node } of rows) {
      const free = await pool.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1, $2) as free', [
        leaseClass,
        node,
      ])
      if (free.rows[0]?.free) dead.push(node)
    }
    return dead
  }

  async release(): Promise<void> {
    await this.#client.query('select pg_advisory_unlock($1, $2)', [leaseClass, this.node]).catch(() => {})
    this.#client.release()
  }
}
