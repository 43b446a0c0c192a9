import { type AddressId, type ConversationId, oneWayMedia } from '@parley/model'
import { readViews } from '../../conversations/index.ts'
import { enqueue } from '../../delivery/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { makeRecovery } from '../../visitors/index.ts'
import type { HttpContext } from '../context.ts'

/** Mails the newest conversation, as its reader may see it, to a confirmed address of theirs, with a link to go on. */
export async function sendTranscript(
  context: Pick<HttpContext, 'db' | 'clock' | 'publicUrl'>,
  holder: Holder,
  address: AddressId,
): Promise<boolean> {
  const { db, clock } = context
  const { account, person, language } = holder
  const proven = await db.read(account, (reader) =>
    reader
      .selectFrom('address')
      .select(['medium'])
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .where('address_id', '=', address)
      .where('state', '=', 'proven')
      .where('medium', 'not in', oneWayMedia)
      .executeTakeFirst(),
  )
  if (!proven) return false
  const read = await db.read(account, async (reader) => {
    const [found] = await readViews(reader, { account, person, language, limit: 1 })
    if (!found) return null
    const { structure } = found
    const site = await reader
      .selectFrom('site')
      .select(['site_key', 'name'])
      .where('account_id', '=', account)
      .where('site_id', '=', structure.site)
      .executeTakeFirstOrThrow()
    return { structure, site }
  })
  if (!read) return false
  const key = await makeRecovery(db, {
    account,
    person,
    conversation: read.structure.conversation satisfies ConversationId,
    source: read.site.name,
    now: clock.now(),
  })
  await db.write(account, (tx) =>
    enqueue(
      tx,
      [
        {
          account,
          owner: person,
          person,
          address,
          medium: proven.medium,
          conversation: read.structure.conversation,
          interaction: null,
          participant: null,
          what: {
            kind: 'notice',
            notice: {
              template: 'transcript',
              // What was said is read when it is sent: nothing of it lies here.
              params: { url: `${context.publicUrl}/w/${read.site.site_key}#recover=${key}` },
            },
          },
          relay: null,
        },
      ],
      clock.now(),
    ),
  )
  return true
}
