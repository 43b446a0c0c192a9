import type { Inbound } from '@parley/channel-sdk'
import { type AccountId, newId, type OfferId, type OwnAddressId, type PersonId, plainly } from '@parley/model'
import { addressKey } from '@parley/rules'
import { Vault } from './attachments/index.ts'
import { type ReceiveParts, type ReceivingChannel, receive } from './channels/index.ts'
import { describePlaces } from './delivery/index.ts'
import { ReadingModels } from './reading/index.ts'
import type { House } from './test-house.fixture.ts'

const domain = 'relay.test'
const models = new ReadingModels()

/** The part of a house that takes mail. */
export function receiving(house: House): ReceiveParts {
  return {
    db: house.node.db,
    road: house.node.road,
    vault: new Vault(Buffer.alloc(32, 7)),
    clock: house.clock,
    publicUrl: 'http://localhost',
    mailDomain: domain,
    allows: () => true,
    mayBegin: () => true,
    models,
    limits: { attachmentBytes: 1e6, heldPerAccount: 100, heldDays: 30 },
  }
}

let count = 0

/** What channels of these media can do. */
export const spoken = {
  email: {
    medium: 'email',
    abilities: { addresses: 'per-place', style: 'letters', attachments: 'bytes', typing: false, receipts: 'read' },
  },
  sms: {
    medium: 'sms',
    abilities: { addresses: 'pooled', style: 'lines', attachments: 'links', typing: false, receipts: 'delivered' },
  },
  xmpp: {
    medium: 'xmpp',
    abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: true, receipts: 'delivered' },
  },
  sip: {
    medium: 'sip',
    abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: true, receipts: 'none' },
  },
} as const satisfies Record<string, ReceivingChannel>

/** A mail as a channel hands it on; believed unless its sender contradicts. */
export function aMail(to: string, from: string, text: string, more: Partial<Inbound> = {}): Inbound {
  count += 1
  return {
    channel: 'email',
    externalId: `<${count}@people.test>`,
    to,
    from: { address: from, standing: 'proven', why: 'dkim' },
    verdict: { kind: 'message' },
    said: plainly(text),
    attachments: [],
    raw: Buffer.from(text),
    writtenAt: null,
    language: null,
    title: null,
    ...more,
  }
}

export const takes = (house: House, mail: Inbound) => receive(receiving(house), spoken.email, mail)

/** The address of ours that an offer went out from. */
export async function relayFor(house: House, { offer }: { offer: OfferId }): Promise<string> {
  const [row] = await house.rows<{ token: string }>('select token from relay_address where offer_id = $1', [offer])
  if (!row) throw new Error('there is no such address')
  return `${row.token}@${domain}`
}

type SpokenMedium = keyof typeof spoken

/** Something that comes in over a medium, believed as that medium is. */
export function takesOver(
  house: House,
  medium: SpokenMedium,
  { from, to, text, ...more }: { from: string; to: string; text: string } & Partial<Omit<Inbound, 'from' | 'to'>>,
  standing: Inbound['from']['standing'] = 'proven',
  node = house.node,
) {
  const { db, road } = node
  const inbound = aMail(to, from, text, {
    channel: medium,
    from: { address: from, standing, why: 'scripted' },
    ...more,
  })
  return receive({ ...receiving(house), db, road }, spoken[medium], inbound)
}

/** A number that places share, or an address of a site that anyone may write to. */
export async function anOwnAddress(
  house: House,
  medium: SpokenMedium,
  value: string,
  purpose: 'pool' | 'public' | 'both',
): Promise<OwnAddressId> {
  const id = newId<OwnAddressId>()
  await house.node.db.write(house.account.account, (tx) =>
    tx
      .insertInto('own_address')
      .values({
        account_id: house.account.account,
        own_address_id: id,
        medium,
        value,
        value_key: addressKey(medium, value),
        site_id: house.account.sites[0]?.id ?? null,
        purpose,
        created_at: house.clock.now(),
      })
      .execute(),
  )
  return id
}

/** The responders' first addresses are these now, proven. */
export async function reachedOver(house: House, medium: SpokenMedium, addresses: readonly string[]): Promise<void> {
  const people = await house.rows<{ person_id: string }>('select person_id from responder order by person_id')
  for (const [index, address] of addresses.entries()) {
    await house.rows(
      `update address set medium = $1, value = $2, value_key = $3 where person_id = $4 and position = 0`,
      [medium, address, addressKey(medium, address), people[index]?.person_id],
    )
  }
}

/** What has been said, in order, by whom (their kind). */
export const everythingSaid = (house: House) =>
  house.rows<{ conversation: string; by: string; text: string; medium: string; unproven: boolean }>(
    `select m.conversation_id as conversation, p.kind as by, m.body as text, m.medium, m.unproven
     from message m join person p using (account_id, person_id) order by m.message_id`,
  )

interface Notice {
  template: string
  params: Record<string, string>
  own_address_id: string | null
  relay_id: string | null
  account_id: AccountId
  person_id: PersonId
}

/** Notices on their way, with what they say; `list`: the places that they ask about. */
export async function noticesTo(house: House, template?: string): Promise<(Notice & { list: string })[]> {
  const rows = await house.rows<Notice>(
    `select notice->>'template' as template, notice->'params' as params, own_address_id, relay_id, account_id, person_id from delivery
     where kind = 'notice' and ($1::text is null or notice->>'template' = $1) order by sequence`,
    [template ?? null],
  )
  return Promise.all(
    rows.map(async (row) => {
      const list = await house.node.db.read(row.account_id, (db) => describePlaces(db, row, row.params.places ?? ''))
      return { ...row, list }
    }),
  )
}
