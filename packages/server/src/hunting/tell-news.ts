import type { AddressId, Medium, OfferId, PersonId, TicketId } from '@parley/model'
import { minutes } from '@parley/model'
import { sql } from 'kysely'
import type { Turn } from '../road/index.ts'
import { sendOffer } from './make-offer.ts'
import { type HuntRow, readHunt, writeHunt } from './read-hunt.ts'
import { withNote } from './read-request.ts'
import { excerptColumns, isAskedSealed } from './seal-offer.ts'

/** What becomes known while people think about a question is gathered: nobody hears of it more often (settled 13). */
const atMostEveryMs = minutes(1)

/** What is known goes onto the offers at once, where a desk shows it; over other media it follows, gathered. */
export async function planNews(turn: Turn, hunt: HuntRow, excerpt: string): Promise<void> {
  const isSealed = await isAskedSealed(turn, hunt.ticket_id)
  const changed =
    isSealed || (await hasOwn(turn, hunt.ticket_id))
      ? await changeEach(turn, hunt, { excerpt, isSealed })
      : await turn.tx
          .updateTable('offer')
          .set({ excerpt, news: true })
          .where('account_id', '=', turn.structure.account)
          .where('ticket_id', '=', hunt.ticket_id)
          .where('state', '=', 'open')
          .where('excerpt', '<>', excerpt)
          .returning('person_id')
          .execute()
  if (changed.length === 0) return
  turn.changed.push(...changed.map(({ person_id }) => ({ person: person_id, what: 'offers' as const })))
  const earliest = (hunt.told_at ?? turn.now).getTime() + atMostEveryMs
  await writeHunt(turn, hunt.ticket_id, { news_at: new Date(Math.max(turn.now.getTime(), earliest)) })
}

/** Does one of them say more than the others, or is it sealed? */
async function hasOwn(turn: Turn, ticket: TicketId): Promise<boolean> {
  const found = await turn.tx
    .selectFrom('offer')
    .select('offer_id')
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .where('state', '=', 'open')
    .where((offer) => offer.or([offer('encryption', '=', 'sealed'), offer('note', 'is not', null)]))
    .executeTakeFirst()
  return found !== undefined
}

/** What is sealed is the same twice only when it was opened. */
async function changeEach(
  turn: Turn,
  hunt: HuntRow,
  { excerpt, isSealed }: { excerpt: string; isSealed: boolean },
): Promise<{ person_id: PersonId }[]> {
  const { account } = turn.structure
  const open = await turn.tx
    .selectFrom('offer')
    .select(['offer_id', 'person_id', 'excerpt', 'note', 'encryption'])
    .where('account_id', '=', account)
    .where('ticket_id', '=', hunt.ticket_id)
    .where('state', '=', 'open')
    .execute()
  const changed = open.filter(({ excerpt: told, note }) => told !== withNote(turn, excerpt, note))
  for (const { offer_id: id, note, encryption } of changed) {
    const offer = { id, ticket: hunt.ticket_id }
    const columns = await excerptColumns(turn, offer, { excerpt, note }, isSealed || encryption === 'sealed')
    await turn.tx
      .updateTable('offer')
      .set({ ...columns, news: true })
      .where('account_id', '=', account)
      .where('offer_id', '=', id)
      .execute()
  }
  return changed
}

/** Everyone who is asked and has not heard yet what became known since is told: over the addresses that their question went to. */
export async function tellNews(turn: Turn, ticket: TicketId): Promise<void> {
  const { structure, tx, now } = turn
  await writeHunt(turn, ticket, { news_at: null })
  const { hunt } = await readHunt(turn, ticket)
  if (hunt === 'found') return
  // What has not left yet is composed from the offer when it leaves, and so tells everything already.
  const { rows } = await sql<{ offer: OfferId; person: PersonId; addresses: { id: AddressId; medium: Medium }[] }>`
    select o.offer_id as offer, o.person_id as person,
      json_agg(distinct jsonb_build_object('id', d.address_id, 'medium', d.medium)) as addresses
    from offer o join delivery d on d.account_id = o.account_id and d.offer_id = o.offer_id and d.kind = 'offer'
    where o.account_id = ${structure.account} and o.ticket_id = ${ticket} and o.state = 'open' and o.news
      and d.conversation_id = ${structure.conversation} and d.state in ('sending', 'sent', 'delivered', 'read', 'unknown')
    group by o.offer_id, o.person_id`.execute(tx)
  await tx
    .updateTable('offer')
    .set({ news: false })
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', ticket)
    .execute()
  for (const { offer, person, addresses } of rows) await sendOffer(turn, ticket, offer, { person, addresses })
  await writeHunt(turn, ticket, { told_at: now })
}
