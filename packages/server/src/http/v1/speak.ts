import type { AddressId, ConversationId, InteractionId, PersonId } from '@parley/model'
import { plainly } from '@parley/model'
import type { ProgramSaid } from '@parley/protocol'
import type { Say } from '../../road/index.ts'
import type { HttpContext } from '../context.ts'
import { type Call, Refused } from './endpoint.ts'

type Speaking = Pick<Call<unknown, unknown, unknown>, 'context' | 'caller' | 'keyFor'>

/** Words of a program's, or of somebody for whom it acts, on their way to the road: from its endpoint, where answers are to go. */
export async function sayOf(
  { context, caller, keyFor }: Speaking,
  person: PersonId,
  text: string,
): Promise<Omit<Say, 'to'>> {
  return {
    account: caller.account,
    person,
    via: { medium: 'api', address: await endpointOf(context, caller, person) },
    said: plainly(text),
    key: keyFor(person),
    attachments: [],
    form: null,
    unproven: false,
    rawBlob: null,
    writtenAt: null,
  }
}

/** To one interaction, or to everyone there. */
export async function say(
  speaking: Speaking,
  {
    person,
    text,
    sealed,
    conversation,
    interaction,
  }: {
    person: PersonId
    text: string
    sealed?: boolean | undefined
    conversation: ConversationId
    interaction?: InteractionId | undefined
  },
): Promise<ProgramSaid | Refused> {
  if (text.trim() === '') return new Refused('text-empty')
  const allowed = maySpeak(speaking.context, person, conversation)
  if (!allowed.ok) return new Refused('too-many', allowed)
  const to = interaction === undefined ? { conversation } : { conversation, interaction }
  const encryption = sealed ? 'sealed' : 'none'
  const said = await speaking.context.road.say({ ...(await sayOf(speaking, person, text)), encryption, to })
  if (!said.ok) return new Refused(said.refusal)
  return { id: said.message, at: said.at.toISOString(), repeated: said.repeated }
}

/** So much in one conversation: two programs that answer each other without end are slowed, one with many conversations is not. */
export function maySpeak({ quotas, clock }: HttpContext, person: PersonId, conversation: ConversationId) {
  return quotas.take('messages', { visitor: `${person} ${conversation}` }, clock.now())
}

/** Null where it has none that was proven: then it asks for itself. */
export function endpointOf(
  { db }: HttpContext,
  { account }: Call<unknown, unknown, unknown>['caller'],
  person: PersonId,
): Promise<AddressId | null> {
  return db.read(account, async (reader) => {
    const found = await reader
      .selectFrom('address')
      .select('address_id')
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .where('medium', '=', 'api')
      .where('state', '=', 'proven')
      .executeTakeFirst()
    return found?.address_id ?? null
  })
}
