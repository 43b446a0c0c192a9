import type { AccountId, ParticipantId } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'

interface Mark {
  account: AccountId
  delivered: number
  read: number
}

const flushMs = 200

/**
 * How far windows have come. Gathered and written a few times a second in one statement; never goes back. Losing the last of them with
 * the process costs nothing: the windows connect again and say so again. While the database is away they wait.
 */
export class Watermarks {
  readonly #db: Database
  #waiting = new Map<ParticipantId, Mark>()
  #timer: NodeJS.Timeout | null = null
  #flushing: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(db: Database) {
    this.#db = db
  }

  mark(account: AccountId, participant: ParticipantId, delivered: number, read: number): void {
    const mark = this.#waiting.get(participant)
    if (mark) {
      mark.delivered = Math.max(mark.delivered, delivered)
      mark.read = Math.max(mark.read, read)
    } else this.#waiting.set(participant, { account, delivered, read })
    this.#timer ??= setTimeout(() => this.flush(), flushMs)
  }

  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const marks = this.#waiting
    this.#waiting = new Map()
    if (marks.size > 0)
      this.#flushing = this.#flushing.then(() => this.#write(marks)).catch(() => this.#takeBack(marks))
    return this.#flushing
  }

  stop(): Promise<void> {
    this.#isStopped = true
    return this.flush()
  }

  #takeBack(marks: Map<ParticipantId, Mark>): void {
    if (this.#isStopped) return
    for (const [participant, { account, delivered, read }] of marks) this.mark(account, participant, delivered, read)
  }

  async #write(marks: Map<ParticipantId, Mark>): Promise<void> {
    const entries = [...marks]
    await sql`
      update participant p set delivered = greatest(p.delivered, m.delivered), read = greatest(p.read, m.read)
      from unnest(${entries.map(([, mark]) => mark.account)}::uuid[], ${entries.map(([id]) => id)}::uuid[],
        ${entries.map(([, mark]) => mark.delivered)}::int[], ${entries.map(([, mark]) => mark.read)}::int[]
      ) as m(account, id, delivered, read)
      where p.account_id = m.account and p.participant_id = m.id`.execute(this.#db.workers)
  }
}
