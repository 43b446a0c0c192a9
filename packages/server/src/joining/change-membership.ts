import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Database, Tables } from '../db/index.ts'
import { askNextIfNobodyIsLeft, wakeHunts, wakePlaces } from '../hunting/index.ts'
import { isLastAdministrator } from '../people/index.ts'
import type { Road } from '../road/index.ts'
import { tellPerson } from './tell-person.ts'

type State = 'active' | 'paused' | 'left' | 'removed'

export type ChangeMembership =
  | { ok: true; state: State }
  | { ok: false; refusal: 'not-there' | 'last-administrator' | 'removed' }

/** Which steps there are. Who removes somebody, or takes them in, is an administrator; everything else people do themselves too. */
const steps: Readonly<
  Record<'own' | 'administrator', Readonly<Record<State, readonly Tables['responder']['state'][]>>>
> = {
  own: {
    active: ['active', 'paused', 'left'],
    paused: ['active', 'paused', 'left'],
    left: ['active', 'paused', 'waiting', 'left'],
    removed: [],
  },
  administrator: {
    active: ['waiting', 'active', 'paused', 'left', 'removed'],
    paused: ['active', 'paused'],
    left: [],
    removed: ['waiting', 'active', 'paused', 'left', 'removed'],
  },
}

/**
 * Somebody pauses, goes on, leaves or comes back; or an administrator takes them in, pauses or removes them. Whoever leaves is asked
 * nothing from then on, and what they were asked is off; what was said stays.
 */
export async function changeMembership(
  parts: { db: Database; road: Road; now: () => Date },
  wanted: { account: AccountId; person: PersonId; state: State; by: 'own' | 'administrator' },
): Promise<ChangeMembership> {
  const { db, road, now } = parts
  const { account, person, state, by } = wanted
  const changed = await db.write(account, async (tx): Promise<ChangeMembership> => {
    const isGoing = state === 'left' || state === 'removed'
    if (isGoing && (await isLastAdministrator(tx, account, person))) return { ok: false, refusal: 'last-administrator' }
    const found = await tx
      .selectFrom('responder')
      .innerJoin('account', 'account.account_id', 'responder.account_id')
      .select(['responder.state', 'account.name'])
      .where('responder.account_id', '=', account)
      .where('responder.person_id', '=', person)
      .forUpdate('responder')
      .executeTakeFirst()
    if (!found || found.state === 'joining') return { ok: false, refusal: 'not-there' }
    if (!steps[by][state].includes(found.state)) {
      return { ok: false, refusal: found.state === 'removed' ? 'removed' : 'not-there' }
    }
    await tx
      .updateTable('responder')
      // Whoever goes gives back what they could do here.
      .set({ state, ...(isGoing ? { role: 'responder' as const } : {}) })
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .execute()
    // Whose place is free finds the next one, and who has come may be the one that somebody waits for.
    if (isGoing) await wakePlaces(tx, account, person, now())
    if (state === 'active') await wakeHunts(tx, account, now())
    if (found.state === 'waiting' && by === 'administrator') {
      const template = state === 'active' ? 'join-approved' : 'join-declined'
      await tellPerson(tx, { account, person, template, params: { account: found.name } }, now())
    }
    return { ok: true, state }
  })
  if (changed.ok && (state === 'left' || state === 'removed')) await endOffers(db, road, account, person)
  return changed
}

/** What has not been sent yet is not sent any more: an offer that is not open renders as nothing. */
async function endOffers(db: Database, road: Road, account: AccountId, person: PersonId): Promise<void> {
  const { rows } = await db.read(account, (reader) =>
    sql<{ conversation: ConversationId }>`
      select distinct conversation_id as conversation from offer
      where account_id = ${account} and person_id = ${person} and state in ('open', 'waiting') order by 1`.execute(
      reader,
    ),
  )
  for (const { conversation } of rows) {
    await road.inConversation(account, conversation, async (turn) => {
      const ended = await turn.tx
        .updateTable('offer')
        .set({ state: 'declined', updated_at: turn.now })
        .where('account_id', '=', account)
        .where('conversation_id', '=', conversation)
        .where('person_id', '=', person)
        .where('state', 'in', ['open', 'waiting'])
        .returning('ticket_id')
        .execute()
      turn.changed.push({ person, what: 'offers' })
      for (const { ticket_id } of ended) await askNextIfNobodyIsLeft(turn, ticket_id)
    })
  }
}
