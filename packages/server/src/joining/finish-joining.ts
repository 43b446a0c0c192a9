import type { AccountId, AddressId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Tables, Writer } from '../db/index.ts'
import { wakeHunts } from '../hunting/index.ts'
import { type ConfirmAddress, confirmAddress } from '../people/index.ts'
import { forgetPeople } from './begin-joining.ts'
import { decideJoining, type JoiningMode, type JoiningVerdict } from './decide-joining.ts'
import { lookAtInvitation, useInvitation } from './invitations.ts'
import { tellPerson } from './tell-person.ts'

export type FinishJoining =
  | { ok: true; person: PersonId; state: 'active' | 'paused' | 'waiting'; isNew: boolean }
  | Extract<ConfirmAddress, { ok: false }>
  | Extract<JoiningVerdict, { ok: false }>

/**
 * The code came back: the address is theirs, and now it is decided what they are. Where the address belongs to somebody who is here
 * already, it is they who have come.
 */
export async function finishJoining(
  tx: Writer,
  wanted: {
    account: AccountId
    accountName: string
    mode: JoiningMode
    person: PersonId
    address: AddressId
    invitation: string | undefined
    code: string
  },
  now: Date,
): Promise<FinishJoining> {
  const { account, address, invitation } = wanted
  const confirmed = await confirmAddress(tx, wanted, now)
  if (!confirmed.ok) return confirmed
  const known = await whoHas(tx, account, address, wanted.person)
  const person = known?.person ?? wanted.person
  const standing = await lookAtInvitation(tx, account, invitation, now)
  const verdict = decideJoining(wanted.mode, standing, known?.state ?? null)
  if (known || !verdict.ok) await forgetPeople(tx, account, [wanted.person])
  if (!verdict.ok) return verdict
  if (verdict.usesInvitation) {
    const used = invitation ? await useInvitation(tx, account, invitation, now) : null
    if (!used) {
      await forgetPeople(tx, account, [wanted.person])
      return { ok: false, refusal: 'invitation-ended' }
    }
    if (used.team) await addToTeam(tx, account, used.team, person)
  }
  await tx
    .updateTable('responder')
    .set({ state: verdict.state })
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .execute()
  if (verdict.state === 'active') await wakeHunts(tx, account, now)
  const isNew = known === null
  if (isNew) {
    const template = verdict.state === 'waiting' ? 'join-waits' : 'join-welcome'
    await tellPerson(tx, { account, person, template, params: { account: wanted.accountName } }, now)
  }
  return { ok: true, person, state: verdict.state, isNew }
}

/** Whoever has proven this address before. Of several the one who came first. */
async function whoHas(
  tx: Writer,
  account: AccountId,
  address: AddressId,
  but: PersonId,
): Promise<{ person: PersonId; state: Tables['responder']['state'] } | null> {
  const { rows } = await sql<{ person: PersonId; state: Tables['responder']['state'] }>`
    select r.person_id as person, r.state from address own
    join address a on a.account_id = own.account_id and a.medium = own.medium and a.value_key = own.value_key
      and a.person_id <> ${but} and a.state in ('proven', 'failing')
    join responder r on r.account_id = a.account_id and r.person_id = a.person_id and r.state <> 'joining'
    where own.account_id = ${account} and own.address_id = ${address}
    order by r.person_id limit 1 for update of r`.execute(tx)
  return rows[0] ?? null
}

async function addToTeam(tx: Writer, account: AccountId, team: string, person: PersonId): Promise<void> {
  await sql`
    insert into team_member (account_id, team_id, person_id)
    select account_id, team_id, ${person} from team where account_id = ${account} and team_id = ${team}
    on conflict do nothing`.execute(tx)
}
