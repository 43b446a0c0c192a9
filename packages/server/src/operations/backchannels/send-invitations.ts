import type { InteractionId, PlaceInvitationId, TicketId } from '@parley/model'
import type { History } from '@parley/rules'
import { makeInvitation } from '../../invitations/index.ts'
import type { Turn } from '../../road/index.ts'
import type { Actor } from '../operation.ts'
import { calledHere, type FoundAsked } from './find-asked.ts'

/** Asks all of these. */
export async function sendInvitations(
  turn: Turn,
  actor: Actor,
  what: {
    readonly interaction: InteractionId
    readonly ticket: TicketId
    readonly asked: readonly FoundAsked[]
    readonly note: string
    readonly history: History
    readonly historyOf: InteractionId
  },
): Promise<PlaceInvitationId[]> {
  const { interaction, ticket, note, history, historyOf } = what
  const named = calledHere(turn, interaction, actor.person) ?? (await aliasOf(turn, actor))
  const made: PlaceInvitationId[] = []
  for (const { person, at } of what.asked) {
    const by = actor.person
    made.push(await makeInvitation(turn, { interaction, ticket, person, by, named, note, history, historyOf, at }))
  }
  if (made.length > 0) turn.changed.push({ person: actor.person, what: 'invitations' })
  return made
}

async function aliasOf({ tx }: Turn, { account, person }: Actor): Promise<string> {
  const row = await tx
    .selectFrom('responder')
    .select('alias')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return row?.alias ?? ''
}
