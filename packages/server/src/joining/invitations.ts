import { randomBytes } from 'node:crypto'
import { type AccountId, type InvitationId, newId, type PersonId, type TeamId } from '@parley/model'
import type { InvitationView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { hashSecret } from '../visitors/index.ts'

/** A new invitation. Its key is told once, here: what is kept is a hash. */
export async function makeInvitation(
  tx: Writer,
  wanted: { account: AccountId; by: PersonId; name: string; team: TeamId | null; uses: number; expiresAt: Date },
  now: Date,
): Promise<{ invitation: InvitationId; key: string }> {
  const invitation = newId<InvitationId>()
  const key = randomBytes(24).toString('base64url')
  await tx
    .insertInto('invitation')
    .values({
      account_id: wanted.account,
      invitation_id: invitation,
      key_hash: hashSecret(key),
      name: wanted.name,
      team_id: wanted.team,
      uses: wanted.uses,
      created_by: wanted.by,
      created_at: now,
      expires_at: wanted.expiresAt,
    })
    .execute()
  return { invitation, key }
}

/** How an invitation stands: looked at before anybody goes to the trouble of filling in a form. */
export async function lookAtInvitation(
  reader: Reader,
  account: AccountId,
  key: string | undefined,
  now: Date,
): Promise<'none' | 'good' | 'ended'> {
  if (!key) return 'none'
  const found = await reader
    .selectFrom('invitation')
    .select(['uses', 'used', 'expires_at'])
    .where('account_id', '=', account)
    .where('key_hash', '=', hashSecret(key))
    .executeTakeFirst()
  return found && found.used < found.uses && found.expires_at > now ? 'good' : 'ended'
}

/** Uses it once, never more often than it allows: of two who come at the same moment for the last place one gets it. */
export async function useInvitation(
  tx: Writer,
  account: AccountId,
  key: string,
  now: Date,
): Promise<{ team: TeamId | null } | null> {
  const used = await tx
    .updateTable('invitation')
    .set({ used: sql`used + 1` })
    .where('account_id', '=', account)
    .where('key_hash', '=', hashSecret(key))
    .where('expires_at', '>', now)
    .where((eb) => eb('used', '<', eb.ref('uses')))
    .returning('team_id')
    .executeTakeFirst()
  return used ? { team: used.team_id } : null
}

export async function endInvitation(
  tx: Writer,
  account: AccountId,
  invitation: InvitationId,
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .updateTable('invitation')
    .set({ expires_at: now })
    .where('account_id', '=', account)
    .where('invitation_id', '=', invitation)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export async function listInvitations(reader: Reader, account: AccountId): Promise<InvitationView[]> {
  const rows = await reader
    .selectFrom('invitation')
    .select(['invitation_id', 'name', 'team_id', 'uses', 'used', 'expires_at', 'created_at'])
    .where('account_id', '=', account)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.invitation_id,
    name: row.name,
    team: row.team_id,
    uses: row.uses,
    used: row.used,
    expiresAt: row.expires_at.toISOString(),
    createdAt: row.created_at.toISOString(),
  }))
}
