import type { Inbound } from '@parley/channel-sdk'
import { type OfferId, plainly } from '@parley/model'
import { Vault } from '../attachments/index.ts'
import type { House } from '../test-house.fixture.ts'
import { type ReceiveParts, receive } from './receive.ts'

const domain = 'relay.test'

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
    limits: { attachmentBytes: 1e6, heldPerAccount: 100, heldDays: 30 },
  }
}

let count = 0

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

export const takes = (house: House, mail: Inbound) => receive(receiving(house), 'email', mail)

/** The address of ours that an offer went out from. */
export async function relayFor(house: House, { offer }: { offer: OfferId }): Promise<string> {
  const [row] = await house.rows<{ token: string }>('select token from relay_address where offer_id = $1', [offer])
  if (!row) throw new Error('there is no such address')
  return `${row.token}@${domain}`
}
