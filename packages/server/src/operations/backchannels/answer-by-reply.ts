import type { MessageId, PlaceInvitationId } from '@parley/model'
import { recordOnce } from '../../conversations/index.ts'
import type { Database } from '../../db/index.ts'
import {
  type PlaceInvitation,
  readInvitation,
  settleInvitation,
  tellInvited,
  whyOver,
} from '../../invitations/index.ts'
import { isTakenThere, type Road, type Say, type Turn, type Turns } from '../../road/index.ts'
import { accept } from './accept.ts'

export type AnsweredByReply =
  | { readonly outcome: 'accepted'; readonly message: MessageId }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'told'; readonly because: string }
  | { readonly outcome: 'not-there' }

/**
 * What came back to the address that an invitation went out from: it accepts, and its words are the first that its writer says there, in one
 * transaction; or it declines. Whoever answers too late is told so on their medium. The same reply twice is one.
 */
export async function answerByReply(
  { db, road }: { db: Database; road: Road },
  reply: { readonly invitation: PlaceInvitationId; readonly declines: boolean; readonly say: Omit<Say, 'to'> },
): Promise<AnsweredByReply> {
  const { account, person } = reply.say
  const known = await db.read(account, (reader) => readInvitation(reader, account, reply.invitation))
  if (!known || known.person !== person) return { outcome: 'not-there' }
  const answered = await road.inConversations(account, [known.conversation], async (turns) => {
    const invitation = await readInvitation(turns.tx, account, reply.invitation)
    const turn = invitation && turns.having(invitation.interaction)
    if (!invitation || !turn) return null
    return answer(turns, turn, invitation, reply)
  })
  // It moved between looking and locking: whoever delivers it comes again.
  if (!answered) throw new Error('an invitation has moved while it was answered')
  return answered
}

async function answer(
  turns: Turns,
  turn: Turn,
  invitation: PlaceInvitation,
  { say, declines }: { say: Omit<Say, 'to'>; declines: boolean },
): Promise<AnsweredByReply> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  const taken = await tx
    .selectFrom('message')
    .select('message_id')
    .where('account_id', '=', account)
    .where('key', '=', say.key)
    .executeTakeFirst()
  if (taken) return { outcome: 'repeated' }
  const { interaction, person, id } = invitation
  const told = async (because: keyof typeof words): Promise<AnsweredByReply> => {
    const facts = { invitation: id, because }
    const event = { account, conversation, person, kind: 'invitation-answered', facts }
    if (!(await recordOnce(tx, event, say.key, now))) return { outcome: 'repeated' }
    await tellInvited(turn, invitation, say.via, words[because])
    return { outcome: 'told', because }
  }
  const over = whyOver(invitation, now)
  const isIn = structure.participants.some(
    (own) => own.person === person && own.interaction === interaction && !own.left && own.role !== 'observer',
  )
  const isTaken = isTakenThere(structure, interaction, now)
  // They have accepted elsewhere a moment ago: what they write now is said there.
  if (over === 'accepted' && isIn && isTaken) return sayThere(turn, invitation, say)
  if (over === 'accepted') return told('over')
  if (over !== null) return told(over)
  if (declines) {
    await settleInvitation(turn, invitation, 'declined')
    return told('declined')
  }
  if (!isTaken) return told('over')
  const accepted = await accept(turns, turn, invitation, say.via)
  if (!accepted.ok) return told('over')
  return sayThere(turn, invitation, say)
}

const words = {
  declined: 'invited-declined',
  withdrawn: 'invited-withdrawn',
  expired: 'invited-expired',
  over: 'invited-over',
} as const

async function sayThere(turn: Turn, { interaction }: PlaceInvitation, say: Omit<Say, 'to'>): Promise<AnsweredByReply> {
  const said = await turn.say({ ...say, to: { conversation: turn.structure.conversation, interaction } })
  if (!said.ok) throw new Error(`who has just come in may not speak: ${said.refusal}`)
  return { outcome: 'accepted', message: said.decided.id }
}
