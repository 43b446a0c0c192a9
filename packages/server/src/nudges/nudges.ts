import {
  type AccountId,
  type AddressId,
  type Clock,
  type ConversationId,
  type InteractionId,
  type Medium,
  type MessageId,
  oneWayMedia,
  type ParticipantId,
  type PersonId,
} from '@parley/model'
import { judgeNudge, type NudgeAddress } from '@parley/rules'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { enqueueNudges, isNewTo } from '../delivery/index.ts'
import type { Committed } from '../road/index.ts'

interface NudgeParts {
  readonly db: Database
  readonly clock: Clock
  isConnected(person: PersonId): boolean
  /** There is something to send. */
  wake(): void
  readonly log: { warn(facts: object, message: string): void }
}

/** What was written for somebody who is not connected waits so long: for the rest of what is being said, and for a page that is only loading anew. */
const gatherMs = 1_000
/** Connections may have been dead for a while when words were sent into them, and a process may end before it looks: this often they are looked for. */
const missedMs = 60_000
const mostPeople = 5_000

/**
 * Tells people on their devices, at once, that words wait in a window or at a desk that they have not open. The words stay where they are:
 * the window is still the place to read them, and after a while they go over another address like all unread words.
 */
export class Nudges {
  readonly #parts: NudgeParts
  #waiting = new Map<PersonId, AccountId>()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  #sweep: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(parts: NudgeParts) {
    this.#parts = parts
  }

  start(): void {
    this.#sweep = setInterval(() => this.#lookSoon(null), missedMs)
    this.#sweep.unref()
  }

  /** Costs nothing for words from window to window. */
  committed({ says }: Pick<Committed, 'says'>): void {
    if (this.#isStopped) return
    for (const { say, readers } of says) {
      for (const { participant } of readers) {
        const { medium, person } = participant
        if (medium !== 'web' || this.#waiting.size >= mostPeople || this.#parts.isConnected(person)) continue
        this.#waiting.set(person, say.account)
      }
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#take(), gatherMs)
  }

  /** What has been gathered is looked at now. */
  async idle(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer)
      this.#take()
    }
    await this.#looking
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#sweep) clearInterval(this.#sweep)
    await this.#looking
  }

  #take(): void {
    this.#timer = null
    const people = [...this.#waiting.keys()]
    this.#waiting = new Map()
    this.#lookSoon(people)
  }

  #lookSoon(people: readonly PersonId[] | null): void {
    this.#looking = this.#looking
      .then(() => this.#look(people))
      .catch((error: unknown) =>
        this.#parts.log.warn({ error: String(error) }, 'nobody could be told of waiting words yet'),
      )
  }

  async #look(people: readonly PersonId[] | null): Promise<void> {
    const { db, clock, isConnected } = this.#parts
    const now = clock.now()
    const places = await readUnread(db, people, now)
    let told = 0
    for (const place of places) {
      const need = { windowOpen: isConnected(place.person), isSeen: false, isTold: place.told }
      const tells = new Set<string>(judgeNudge(need, place.addresses, now).tells)
      const addresses = place.addresses.filter(({ id }) => tells.has(id))
      if (addresses.length === 0) continue
      const what = { template: 'nudge-message', params: { message: place.message } }
      await db.write(place.account, (tx) =>
        enqueueNudges(tx, { ...place, owner: place.participant, addresses, what }, now),
      )
      told += 1
    }
    if (told > 0) this.#parts.wake()
  }
}

interface UnreadPlace {
  account: AccountId
  conversation: ConversationId
  interaction: InteractionId
  participant: ParticipantId
  person: PersonId
  /** The newest unread one. */
  message: MessageId
  told: boolean
  addresses: (NudgeAddress & { id: AddressId; medium: Medium })[]
}

/**
 * Where something unread waits in a window of somebody with a device to be told on; `people` null: of anybody, for what was missed in the
 * last hour.
 */
async function readUnread(db: Database, people: readonly PersonId[] | null, now: Date): Promise<UnreadPlace[]> {
  const since = new Date(now.getTime() - 3_600_000)
  const { rows } = await sql<UnreadPlace>`
    with device as materialized (
      select account_id, person_id, json_agg(json_build_object('id', address_id, 'medium', medium, 'state', state, 'active', offers,
        'hours', hours)) as addresses
      from address where target is not null and medium = any(${oneWayMedia}) and state = 'proven'
        and ${people === null ? sql`true` : sql`person_id = any(${people}::uuid[])`}
      group by account_id, person_id
    )
    select p.account_id as account, p.conversation_id as conversation, p.interaction_id as interaction,
      p.participant_id as participant, p.person_id as person, l.message_id as message, d.addresses,
      exists (select from lane n join delivery t on t.account_id = n.account_id and t.lane_id = n.lane_id
        where n.account_id = p.account_id and n.owner_id = p.participant_id and n.medium = any(${oneWayMedia})
          and t.notice->'params'->>'message' = l.message_id::text) as told
    from device d
    join participant p on p.account_id = d.account_id and p.person_id = d.person_id and p.medium = 'web' and p.left_at is null
    join conversation c on c.account_id = p.account_id and c.conversation_id = p.conversation_id and c.last_at > ${since}
    cross join lateral (
      select l.message_id from placement l
      join message m on m.account_id = l.account_id and m.message_id = l.message_id and m.person_id <> p.person_id
      where l.account_id = p.account_id and l.interaction_id = p.interaction_id and l.position > p.delivered and m.at > ${since}
        and exists (select from span s where s.account_id = p.account_id and s.person_id = p.person_id
          and s.interaction_id = p.interaction_id and l.position between s.from_position and s.until)
        and not exists (select from interaction i where i.account_id = p.account_id and i.interaction_id = p.interaction_id
          and l.position = any(i.withdrawn))
        and ${isNewTo(sql`p.person_id`)}
      order by l.position desc limit 1
    ) l
    order by p.account_id, p.conversation_id limit 1000`.execute(db.workers)
  return rows
}
