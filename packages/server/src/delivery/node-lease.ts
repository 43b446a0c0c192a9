import { randomInt } from 'node:crypto'
import type pg from 'pg'

/** Half of a two-part advisory lock key: the other half is the node's number. */
const leaseClass = 0x7061726c

/**
 * A process holds an advisory lock on its number as long as it lives, on a connection of its own: PostgreSQL itself tells, at once and
 * exactly, which of the processes that leased lanes are gone. When that connection breaks the others believe this process dead, so it must
 * claim nothing more under that number.
 */
export class NodeLease {
  readonly node: number
  readonly #client: pg.PoolClient
  #isLost = false

  private constructor(node: number, client: pg.PoolClient, onLost: () => void) {
    this.node = node
    this.#client = client
    const lost = () => {
      if (this.#isLost) return
      this.#isLost = true
      onLost()
    }
    client.on('error', lost)
    client.on('end', lost)
  }

  static async take(pool: pg.Pool, onLost: () => void): Promise<NodeLease> {
    const client = await pool.connect()
    try {
      for (;;) {
        const node = randomInt(1, 2 ** 31 - 1)
        const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
          leaseClass,
          node,
        ])
        if (rows[0]?.taken) return new NodeLease(node, client, onLost)
      }
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  get isLost(): boolean {
    return this.#isLost
  }

  /** Nodes that hold leases on lanes and are no longer there. */
  async deadNodes(pool: pg.Pool): Promise<number[]> {
    // A leased lane is due until it is given back: `due_at is not null` lets the small index of due lanes answer.
    const { rows } = await pool.query<{ node: number }>(
      `select distinct leased_by as node from parley.lane
       where due_at is not null and leased_by is not null and leased_by <> $1`,
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

  /** With its connection goes the lock, and whatever a broken one may have left undone. */
  release(): void {
    this.#isLost = true
    this.#client.release(true)
  }
}
