import { type AccountId, type AddressId, newId } from '@parley/model'
import { type ReadAddress, readAddress } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'
import { addPerson } from '../people/index.ts'

/**
 * Mails an invitation to somebody whom only an administrator knows so far. They get the place of one who is joining and nothing else: no
 * question reaches them before they have come by the link and proven the address.
 */
export async function inviteByMail(
  tx: Writer,
  wanted: {
    account: AccountId
    accountName: string
    email: string
    language: string
    url: string
    ownDomains: readonly string[]
  },
  now: Date,
): Promise<{ ok: true } | Extract<ReadAddress, { ok: false }>> {
  const { account, accountName, language, url, ownDomains } = wanted
  const read = readAddress('email', wanted.email, { countries: [], ownDomains })
  if (!read.ok) return read
  const address = newId<AddressId>()
  const person = await addPerson(tx, { account, kind: 'responder', language }, now)
  await tx
    .insertInto('responder')
    .values({ account_id: account, person_id: person, alias: '', state: 'joining', capacity: null })
    .execute()
  await tx
    .insertInto('address')
    .values({
      account_id: account,
      address_id: address,
      person_id: person,
      medium: 'email',
      value: read.value,
      value_key: read.key,
      position: 0,
      state: 'unproven',
      proven_at: null,
      failing_reason: null,
      created_at: now,
    })
    .execute()
  const params = { account: accountName, url, link: 'invitation-link' }
  await enqueue(
    tx,
    [
      {
        account,
        owner: person,
        person,
        address,
        medium: 'email',
        conversation: null,
        interaction: null,
        participant: null,
        relay: null,
        what: { kind: 'notice', notice: { template: 'invitation-text', params } },
      },
    ],
    now,
  )
  return { ok: true }
}
