import type { Block } from '@parley/channel-sdk'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { nameAsker, word } from '../words/index.ts'
import type { Facts } from './compose-notice.ts'
import type { DeliveryRow } from './record-attempt.ts'

/** Behind whose back something is said: that of who asks. A whisper is said beside an exchange, and is easily taken for a part of it. */
export type Behind = 'backchannel' | 'whisper'

/** Whether what a delivery carries was said behind the back of who asks; null where it was not. */
export async function behindIn(reader: Reader, row: DeliveryRow): Promise<Behind | null> {
  if (row.interaction_id === null) return null
  const found = await reader
    .selectFrom('interaction')
    .select(['kind', 'purpose'])
    .where('account_id', '=', row.account_id)
    .where('interaction_id', '=', row.interaction_id)
    .executeTakeFirst()
  if (found?.kind !== 'backchannel') return null
  return found.purpose === 'whisper' ? 'whisper' : 'backchannel'
}

/** Before the words themselves, so that nobody answers before they have read it. Where the asker is from is told to those who see them. */
export function behindNote(behind: Behind, { language, asker }: Facts): Block {
  const key = behind === 'whisper' ? 'whisper-note' : 'behind-note'
  return { kind: 'note', text: word(language, key, { asker: nameAsker(language, asker, null) }) }
}

export function behindSubject(behind: Behind, { language, site }: Facts): string {
  return word(language, behind === 'whisper' ? 'whisper-subject' : 'behind-subject', { site })
}

/**
 * Of placement `p` and its interaction `i`: may it stand in a mail of this delivery's place? What one is sent in a backchannel is quoted in
 * one's answers there, and what one is sent in an exchange in answers to who asks: neither may hold anything of the other, nor of another.
 */
export function besides(row: DeliveryRow): RawBuilder<boolean> {
  return sql<boolean>`(i.interaction_id = ${row.interaction_id} or (i.kind <> 'backchannel' and not exists (
    select from interaction o where o.account_id = ${row.account_id} and o.interaction_id = ${row.interaction_id}
      and o.kind = 'backchannel')))`
}

/**
 * What keeps a mail thread together, of the relay address `of` that a delivery is answered at: what is said to who asks in one, each
 * backchannel in one of its own, which begins with the invitation into it.
 */
export function threadOf(relay: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<
    string | null
  >`(select case when r.participant_id is null then r.invitation_id when i.kind = 'backchannel' then i.interaction_id end
    from relay_address r
    left join participant p on p.account_id = r.account_id and p.participant_id = r.participant_id
    left join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
    where r.account_id = ${sql.ref('delivery.account_id')} and r.relay_id = ${relay})`
}
