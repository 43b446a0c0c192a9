import { createHash } from 'node:crypto'
import type { InteractionId } from '@parley/model'
import type { Database, Writer } from '../db/index.ts'
import type { Relay } from '../delivery/index.ts'
import { place, type Road, type Say, type SayAnswer, type Target, type Turn } from '../road/index.ts'

/** What makes a mail the same mail at one address of ours: its own id and what is in it (settled 11). */
export interface Mail {
  readonly channel: string
  readonly to: string
  readonly externalId: string
}

export function mailKey({ channel, to, externalId }: Mail): Buffer {
  return createHash('sha256').update(`${channel}\0${to.toLowerCase()}\0${externalId}`).digest()
}

/**
 * Say what a mail brings in the place that its address stands for. A mail may be written to several addresses of one person's places, to
 * everyone's and to one's own: it stands once in each interaction, whichever of its copies comes first.
 */
export async function sayMail(
  { db, road }: { db: Database; road: Road },
  relay: Relay,
  mail: Mail,
  say: Omit<Say, 'to'>,
): Promise<SayAnswer> {
  const { conversation } = relay
  const to: Target =
    relay.reach === 'all' || relay.interaction === null
      ? { conversation, ...(relay.interaction === null ? {} : { near: relay.interaction }) }
      : { conversation, interaction: relay.interaction, goesOn: true }
  const copies = await keysElsewhere(db, relay, mail)
  if (copies.length === 0) return road.say({ ...say, to })
  const said = await road.inConversation(relay.account, conversation, async (turn) => {
    const before = await findPlaced(turn.tx, relay, [say.key, ...copies])
    if (before) return sayWhereNew(turn, { ...say, to }, before)
    // Then it begins a hunt besides, which is the road's to do; and nobody is there yet for a second copy to reach.
    if (turn.mayHunt({ ...say, to }) || turn.reopens({ ...say, to })) return 'as-any'
    return answerOf(await turn.say({ ...say, to }))
  })
  if (said === null) return { ok: false, refusal: 'not-there' }
  return said === 'as-any' ? road.say({ ...say, to }) : said
}

async function sayWhereNew(turn: Turn, say: Say, before: Placed): Promise<SayAnswer> {
  const verdict = place(turn.structure, say.person, say.to, turn.now)
  if (!verdict.ok) return verdict
  const isNew = verdict.interactions.some((interaction) => !before.interactions.includes(interaction))
  if (before.keys.some((key) => key.equals(say.key)) || !isNew) return before.answer
  const to = 'interaction' in say.to ? say.to : { ...say.to, except: before.interactions }
  return answerOf(await turn.say({ ...say, to }))
}

function answerOf(said: Awaited<ReturnType<Turn['say']>>): SayAnswer {
  // Nobody who writes by mail counts in numbers of a view.
  return said.ok
    ? { ok: true, message: said.decided.id, at: said.decided.at, places: [], repeated: false, asSent: false }
    : said
}

/** The keys that the same mail has at the other addresses that stand for this person's places in the conversation. */
async function keysElsewhere(db: Database, relay: Relay, mail: Mail): Promise<Buffer[]> {
  // An address that places share is the same for all of them, and so is the key.
  if (!mail.to.includes('@')) return []
  const rows = await db.read(relay.account, (reader) =>
    reader
      .selectFrom('relay_address')
      .select('token')
      .where('account_id', '=', relay.account)
      .where('person_id', '=', relay.person)
      .where('conversation_id', '=', relay.conversation)
      .where('relay_id', '<>', relay.relay)
      .where('state', '=', 'active')
      .execute(),
  )
  const domain = mail.to.slice(mail.to.lastIndexOf('@'))
  return rows.flatMap(({ token }) => (token ? [mailKey({ ...mail, to: token + domain })] : []))
}

/** Where copies of a mail stand already. */
interface Placed {
  readonly keys: readonly Buffer[]
  readonly interactions: readonly InteractionId[]
  readonly answer: SayAnswer
}

async function findPlaced(tx: Writer, relay: Relay, keys: readonly Buffer[]): Promise<Placed | null> {
  const rows = await tx
    .selectFrom('message')
    .innerJoin('placement', (join) =>
      join
        .onRef('placement.account_id', '=', 'message.account_id')
        .onRef('placement.message_id', '=', 'message.message_id'),
    )
    .select(['message.message_id', 'message.key', 'message.at', 'placement.interaction_id'])
    .where('message.account_id', '=', relay.account)
    .where('message.key', 'in', keys)
    .execute()
  const [first] = rows
  if (!first) return null
  return {
    keys: rows.map(({ key }) => key),
    interactions: rows.map(({ interaction_id }) => interaction_id),
    answer: { ok: true, message: first.message_id, at: first.at, places: [], repeated: true, asSent: false },
  }
}
