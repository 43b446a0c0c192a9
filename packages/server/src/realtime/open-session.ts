import type { Clock } from '@parley/model'
import type { ClientFrame, CloseCode, Hello } from '@parley/protocol'
import { closeCodes, protocolVersion } from '@parley/protocol'
import { readMessages, readViews } from '../conversations/index.ts'
import { readableSpans } from '../road/index.ts'
import { Session, type SessionParts, type Wire } from './session.ts'
import type { ShortTokens } from './short-token.ts'

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
  parts: SessionParts & { tokens: ShortTokens; clock: Clock },
  hello: Hello,
  wire: Wire,
  about: { ip: string },
): Promise<OpenedSession | { refused: CloseCode; reason: string }> {
  if (hello.v !== protocolVersion) return { refused: closeCodes.version, reason: 'reload the page' }
  const holder = parts.tokens.read(hello.token, parts.clock.now())
  if (!holder) return { refused: closeCodes.unauthorised, reason: 'get a new token' }
  const session = new Session(parts, holder, wire, about.ip)
  parts.hub.add(session)
  try {
    await parts.db.read(holder.account, async (db) => {
      const views = await readViews(db, {
        account: holder.account,
        person: holder.person,
        language: holder.language,
        limit: most,
      })
      for (const { structure } of views) parts.hub.know(structure)
      session.sendNow({
        t: 'welcome',
        v: protocolVersion,
        you: { person: holder.person, kind: holder.kind },
        conversations: views.map(({ view }) => view),
      })
      for (const { structure, view } of views) {
        for (const { id, length } of view.interactions) {
          const cursor = hello.cursors[id]
          if (cursor === length) session.holds(id, length)
          if (length === 0 || cursor === length) continue
          const page = await readMessages(db, {
            account: holder.account,
            person: holder.person,
            interaction: id as Parameters<typeof readMessages>[1]['interaction'],
            spans: readableSpans(structure, holder.person),
            // A cursor beyond the end belongs to a view that has been taken back: begin anew at the end.
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
    })
  } catch (error) {
    parts.hub.remove(session)
    throw error
  }
  session.welcomed()
  return {
    take: (frame) => session.take(frame),
    closed: () => parts.hub.remove(session),
  }
}
