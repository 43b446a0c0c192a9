import type { OfferId, PersonId, TicketId } from '@parley/model'
import { isNextSealed } from '@parley/rules'
import { sql } from 'kysely'
import { type KeptAnswer, sealingOf } from '../db/index.ts'
import { askerOn, type Turn } from '../road/index.ts'
import type { WhyAsked } from './make-offer.ts'
import { withNote } from './read-request.ts'

/** Is what was said on a ticket sealed, or some of it, or will it be? Then so is every excerpt of it. */
export async function isAskedSealed(turn: Turn, ticket: TicketId): Promise<boolean> {
  const { structure, tx } = turn
  if (!structure.tickets.some(({ id }) => id === ticket) || isNextSealed(structure, ticket)) return true
  // By where it stands, of which there is an index.
  const { rows } = await sql`
    select from placement p join message m on m.account_id = p.account_id and m.message_id = p.message_id
    where p.account_id = ${structure.account} and p.interaction_id = any(${[...structure.interactions.keys()]}::uuid[])
      and m.person_id = ${askerOn(structure, ticket)} and m.encryption = 'sealed' limit 1`.execute(tx)
  return rows.length > 0
}

/** What an offer quotes, with what whoever had it before notes for the next, as it is written: each sealed for its own row. */
export async function excerptColumns(
  turn: Turn,
  offer: Asked,
  { excerpt, note }: { readonly excerpt: string; readonly note: string | null },
  isSealed: boolean,
): Promise<{ excerpt: string; note: string | null; encryption: 'none' | 'sealed' }> {
  const whole = withNote(turn, excerpt, note)
  if (!isSealed) return { excerpt: whole, note, encryption: 'none' }
  const { account, values } = sealingOf(turn.tx)
  const seal = (column: 'excerpt' | 'note', text: string) =>
    values.seal(account, askedOn(turn, offer.ticket), { table: 'offer', column, row: offer.id }, { text })
  return {
    excerpt: whole === '' ? '' : await seal('excerpt', whole),
    note: note === null ? null : await seal('note', note),
    encryption: 'sealed',
  }
}

interface Asked {
  readonly id: OfferId
  readonly ticket: TicketId
}

/** What is asked, quoted and found out on a ticket is its asker's. */
export const askedOn = ({ structure }: Turn, ticket: TicketId) => ({
  conversation: structure.conversation,
  by: askerOn(structure, ticket),
})

interface OfferOf {
  readonly id: OfferId
  readonly person: PersonId
}

/** Why somebody is asked, as it is written: of what the question was found to be about, their wishes tell. */
export async function whyColumn(turn: Turn, offer: Asked, why: WhyAsked, isSealed: boolean): Promise<string> {
  if (!isSealed) return JSON.stringify(why)
  const { account, values } = sealingOf(turn.tx)
  const place = { table: 'offer', column: 'why', row: offer.id }
  const matched = await values.seal(account, askedOn(turn, offer.ticket), place, { json: why.matched })
  return JSON.stringify({ ...why, matched })
}

/** Answers that wait, as they are written. */
export async function keptColumn(turn: Turn, offer: OfferOf, ticket: TicketId, kept: readonly KeptAnswer[]) {
  return JSON.stringify((await isAskedSealed(turn, ticket)) ? await sealKept(turn, offer, kept) : kept)
}

export function sealKept(turn: Turn, offer: OfferOf, kept: readonly KeptAnswer[]) {
  const { account, values } = sealingOf(turn.tx)
  const place = { table: 'offer', column: 'kept', row: offer.id }
  const whose = { conversation: turn.structure.conversation, by: offer.person }
  const sealed = kept.map(async ({ said, names, ...rest }) => ({
    ...rest,
    said: await values.seal(account, whose, place, { json: said }),
    names: await values.seal(account, whose, place, { json: names }),
  }))
  return Promise.all(sealed)
}
