import type { TicketId } from '@parley/model'
import type { Fact, Target } from '@parley/rules'
import type { Turn } from '../road/index.ts'
import { canAnswer } from './unreached.ts'

/** A ticket's hunt as it stands under the conversation's lock. */
export interface HuntRow {
  readonly ticket_id: TicketId
  readonly state: 'open' | 'pending' | 'closed'
  readonly hunt: 'not-begun' | 'looking' | 'found' | 'nobody'
  readonly admitted: number
  readonly facts: readonly Fact[]
  readonly target: Target | null
  readonly wave: number
  readonly moves: number
  readonly hunt_from: Date | null
  readonly ask_at: Date | null
  readonly expire_at: Date | null
  readonly hunt_until: Date | null
  readonly waits_until: Date | null
  readonly grace_until: Date | null
  readonly places_at: Date | null
  readonly news_at: Date | null
  readonly told_at: Date | null
}

export async function readHunt(turn: Turn, ticket: TicketId): Promise<HuntRow> {
  return turn.tx
    .selectFrom('ticket')
    .select([
      'ticket_id',
      'account_id',
      'state',
      'hunt',
      'admitted',
      'facts',
      'target',
      'wave',
      'moves',
      'hunt_from',
      'ask_at',
      'expire_at',
      'hunt_until',
      'waits_until',
      'grace_until',
      'places_at',
      'news_at',
      'told_at',
    ])
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .executeTakeFirstOrThrow()
}

/** Whom a ticket is meant for; null: whoever wants it. */
export const targetOf = async (turn: Turn, ticket: TicketId): Promise<Target | null> =>
  (await readHunt(turn, ticket)).target

type Writable = Omit<HuntRow, 'ticket_id' | 'state' | 'facts' | 'target'>

export async function writeHunt(turn: Turn, ticket: TicketId, set: Partial<Writable>): Promise<void> {
  if (Object.keys(set).length === 0) return
  await turn.tx
    .updateTable('ticket')
    .set(set)
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .execute()
}

/** How many offers can still bring an answer, and how many answers wait for a better one. */
export async function countOpen(turn: Turn, ticket: TicketId): Promise<number> {
  const { count } = await turn.tx
    .selectFrom('offer')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .where(canAnswer('offer'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** No step of this hunt is due any more. */
export const noTimers = {
  ask_at: null,
  expire_at: null,
  hunt_until: null,
  waits_until: null,
  grace_until: null,
  places_at: null,
  news_at: null,
} as const
