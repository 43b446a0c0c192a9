import type { Clock, ConversationId, InteractionId } from '@parley/model'
import type { ClientFrame, CloseCode, ConversationView, Hello } from '@parley/protocol'
import { closeCodes, protocolVersion } from '@parley/protocol'
import { readMessages, readViews } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import { readableSpans, type Structure } from '../road/index.ts'
import { Session, type Wire } from './session.ts'
import type { ShortTokens } from './short-token.ts'
import { FrameTaker, type TakingParts } from './take-frames.ts'

/** Conversations that a connection is welcomed with; older ones are read over HTTP. */
const most = 200

export interface OpenedSession {
  take(frame: ClientFrame): void
  closed(): void
}

/**
 * Opens a connection: checks the token, then welcomes with all that the person may see and with what came after their cursors. The
 * session hears the hub from before the first read, so that nothing falls between reading and listening.
 */
export async function openSession(
  parts: TakingParts & { tokens: ShortTokens; clock: Clock },
  hello: Hello,
  wire: Wire,
  about: { ip: string },
): Promise<OpenedSession | { refused: CloseCode; reason: string }> {
  if (hello.v !== protocolVersion) return { refused: closeCodes.version, reason: 'reload the page' }
  const holder = parts.tokens.read(hello.token, parts.clock.now())
  if (!holder) return { refused: closeCodes.unauthorised, reason: 'get a new token' }
  const session = new Session(holder, wire)
  parts.hub.add(session)
  let structures: readonly Structure[]
  try {
    structures = await parts.db.read(holder.account, (db) => welcome(db, parts, session, hello))
  } catch (error) {
    parts.hub.remove(session)
    throw error
  }
  parts.hub.welcomed(session, structures)
  const taking = new FrameTaker(parts, session, about.ip)
  return {
    take: (frame) => taking.take(frame),
    closed: () => parts.hub.remove(session),
  }
}

/** Sends all that the person may see, and what came after their cursors. Answers the structures that it was read from. */
async function welcome(db: Reader, parts: TakingParts, session: Session, hello: Hello): Promise<readonly Structure[]> {
  const { account, person, language, kind } = session.holder
  const views = await readViews(db, { account, person, language, limit: most })
  const held = Object.keys(hello.cursors) as InteractionId[]
  const others = await findHeld(db, session.holder, held, views)
  if (others.length > 0) views.push(...(await readViews(db, { account, person, language, only: others, limit: most })))
  for (const { structure, view } of views) {
    parts.hub.know(structure)
    session.noteView(view)
  }
  session.sendNow({
    t: 'welcome',
    v: protocolVersion,
    you: { person, kind },
    conversations: views.map(({ view }) => view),
  })
  for (const { structure, view } of views) {
    for (const { id, length, numbering } of view.interactions) {
      const counted = hello.numberings?.[id]
      // What was counted otherwise is begun anew at the end.
      const cursor = counted === undefined || counted === numbering ? hello.cursors[id] : undefined
      if (cursor === length) session.holds(id, length)
      if (length === 0 || cursor === length) continue
      const page = await readMessages(db, {
        account,
        person,
        interaction: id as InteractionId,
        spans: readableSpans(structure, person),
        cursor: cursor === undefined || cursor > length ? 'end' : { after: cursor },
        url: parts.url,
      })
      session.sendNow({
        t: 'messages',
        interaction: id,
        messages: page.messages,
        ...(page.more ? { more: true } : {}),
      })
    }
  }
  return views.map(({ structure }) => structure)
}

/** What the client holds and the newest do not contain: it is there still, or it is not theirs any more. */
async function findHeld(
  db: Reader,
  { account, person }: Session['holder'],
  held: readonly InteractionId[],
  views: readonly { view: ConversationView }[],
): Promise<ConversationId[]> {
  const shown = new Set(views.flatMap(({ view }) => view.interactions.map(({ id }) => id)))
  const asked = held.filter((id) => !shown.has(id))
  if (asked.length === 0) return []
  const rows = await db
    .selectFrom('span')
    .select('conversation_id')
    .distinct()
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('interaction_id', 'in', asked)
    .execute()
  const known = new Set<string>(views.map(({ view }) => view.id))
  return rows.flatMap(({ conversation_id: id }) => (known.has(id) ? [] : [id]))
}
