import type { OfferId, PersonId, TicketId } from '@parley/model'
import type { Fact, RunState } from '@parley/rules'
import { sql } from 'kysely'
import { sealFacts } from '../../conversations/index.ts'
import { erasedText, type KeptAnswer, sealingOf } from '../../db/index.ts'
import { askedOn, sealKept, sealKeptFiles, type WhyAsked, whyColumn } from '../../hunting/index.ts'
import { holdsSealed, type SealScope } from './seal-scope.ts'

/** Questions to others with what they quote, answers that wait, and what a script and the site have learned. */
export async function sealAsked(scope: SealScope): Promise<void> {
  if (scope.asked.length === 0) return
  await sealOffers(scope)
  // What was made of one message alone is its ticket's.
  if (scope.tickets.length > 0 || scope.interactions.length > 0) {
    await sealRuns(scope)
    await sealKnown(scope)
  }
}

async function sealOffers({ turn, account, asked, how }: SealScope): Promise<void> {
  const { tx } = turn
  const { values } = sealingOf(tx)
  const { rows } = await sql<{
    offer_id: OfferId
    ticket_id: TicketId
    person_id: PersonId
    why: WhyAsked
    excerpt: string
    note: string | null
    kept: KeptAnswer[]
  }>`
    select offer_id, ticket_id, person_id, why, excerpt, note, kept from offer where account_id = ${account} and ticket_id = any(${asked}::uuid[])
      and encryption = ${how === 'all' ? 'none' : 'sealed'}`.execute(tx)
  for (const { offer_id: id, ticket_id: ticket, person_id, why, excerpt, note, kept } of rows) {
    if (excerpt === erasedText) continue
    const seal = (column: 'excerpt' | 'note', text: string) =>
      values.seal(account, askedOn(turn, ticket), { table: 'offer', column, row: id }, { text })
    await tx
      .updateTable('offer')
      .set({
        excerpt: excerpt === '' ? '' : await seal('excerpt', excerpt),
        note: note === null ? null : await seal('note', note),
        why: await whyColumn(turn, { id, ticket }, why, true),
        kept: JSON.stringify(await sealKept(turn, { id, person: person_id }, kept)),
        encryption: 'sealed',
      })
      .where('account_id', '=', account)
      .where('offer_id', '=', id)
      .execute()
    await sealKeptFiles(tx, account, kept)
  }
}

async function sealRuns({ turn, account, asked, how }: SealScope): Promise<void> {
  const { tx } = turn
  const { values } = sealingOf(tx)
  const { rows } = await sql<{ ticket_id: TicketId; state: RunState }>`
    select ticket_id, state from concierge_run r where account_id = ${account} and ticket_id = any(${asked}::uuid[])
      and (${how === 'all'} or ${holdsSealed('r')})`.execute(tx)
  for (const { ticket_id, state } of rows) {
    if (state.variables === null) continue
    const place = { table: 'concierge_run', column: 'state', row: ticket_id }
    const json = await values.seal(account, askedOn(turn, ticket_id), place, { json: state.variables })
    await sql`update concierge_run set state = ${JSON.stringify({ ...state, variables: json })}
      where account_id = ${account} and ticket_id = ${ticket_id}`.execute(tx)
  }
}

async function sealKnown({ turn, account, asked, how }: SealScope): Promise<void> {
  const { tx } = turn
  const { rows } = await sql<{ account_id: string; ticket_id: TicketId; facts: Fact[] }>`
    select account_id, ticket_id, facts from ticket t where account_id = ${account} and ticket_id = any(${asked}::uuid[])
      and (${how === 'all'} or ${holdsSealed('t')})`.execute(tx)
  for (const { ticket_id, facts } of rows) {
    if (facts.some(({ value }) => value === erasedText)) continue
    await tx
      .updateTable('ticket')
      .set({ facts: JSON.stringify(await sealFacts(tx, askedOn(turn, ticket_id), facts)) })
      .where('account_id', '=', account)
      .where('ticket_id', '=', ticket_id)
      .execute()
  }
}
