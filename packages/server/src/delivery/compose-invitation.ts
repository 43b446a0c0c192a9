import type { Abilities, Block } from '@parley/channel-sdk'
import type { PlaceInvitationId } from '@parley/model'
import type { Reader } from '../db/index.ts'
import { word } from '../words/index.ts'
import type { Composed, Facts } from './compose-notice.ts'
import type { DeliveryRow } from './record-attempt.ts'

/**
 * Who asks whom to join, what they wrote into it, and how to accept and decline: nothing else of what it leads to. Null when it is over by
 * the time it would be sent.
 */
export async function composeInvitation(
  reader: Reader,
  row: DeliveryRow,
  { language, site }: Facts,
  { style, sealed }: Abilities,
  sealedLink: Block,
): Promise<Composed | null> {
  const invitation = await reader
    .selectFrom('place_invitation')
    .select(['invitation_id', 'named', 'note', 'encryption', 'state', 'created_at', 'expires_at'])
    .where('account_id', '=', row.account_id)
    .where('invitation_id', '=', row.notice?.params.invitation as PlaceInvitationId)
    .executeTakeFirst()
  if (invitation?.state !== 'open' || invitation.expires_at <= row.updated_at) return null
  const who = invitation.named
  const blocks: Block[] = [{ kind: 'note', text: word(language, 'invited-intro', { who, site }) }]
  if (invitation.encryption === 'sealed' && !sealed) {
    if (invitation.note !== '')
      blocks.push({ kind: 'note', text: word(language, 'sealed-message', { alias: who }) }, sealedLink)
  } else if (invitation.note !== '') {
    blocks.push({ kind: 'said', by: null, text: invitation.note, at: invitation.created_at })
  }
  if (style === 'lines') blocks.push({ kind: 'note', text: word(language, 'invited-lines') })
  else {
    blocks.push({ kind: 'note', text: word(language, 'invited-how') })
    blocks.push({ kind: 'note', text: word(language, 'invited-decline') })
  }
  return { alias: who, blocks, attachments: [], subject: word(language, 'invited-subject', { who }) }
}
