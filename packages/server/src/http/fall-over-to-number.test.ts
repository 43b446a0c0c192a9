import type { Abilities, OutboundDelivery } from '@parley/channel-sdk'
import type { AddressView } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Postbox } from './link/link-rig.fixture.ts'
import { type PeopleRig, startPeopleRig } from './people-rig.fixture.ts'

/** Mail that is refused for good once its owner's mailbox is gone. */
class Mail extends Postbox {
  isGone = false

  override async send(delivery: OutboundDelivery) {
    const sent = await super.send(delivery)
    return this.isGone ? ({ status: 'rejected', reason: 'no such mailbox', scope: 'address' } as never) : sent
  }
}

/** Phones, as a medium whose places share the account's numbers. */
class Phones extends Postbox {
  override readonly abilities: Abilities = {
    addresses: 'pooled',
    style: 'lines',
    attachments: 'links',
    typing: false,
    receipts: 'delivered',
  }

  constructor() {
    super('sms')
  }
}

const mail = new Mail()
const phones = new Phones()
const [ours, theirs] = ['+4722334455', '+4740612345']
let rig: PeopleRig

beforeAll(async () => {
  rig = await startPeopleRig({ channels: [mail, phones] })
})
afterAll(() => rig?.parley.stop())

test('A12 A18 a mailbox that is gone gives way to a phone: from one of our numbers, whose answers come back to the same place', async () => {
  const { parley } = rig
  const bo = await rig.atDesk(parley.account.responders[0], 'bo@people.test')
  const media = async () => (await bo<{ media: string[] }>('GET', '/api/desk/media')).body.media
  // Without a number of ours nobody could answer there.
  expect(await media()).toEqual(['email'])
  await parley.server.db.workerPool.query(
    `insert into parley.own_address (account_id, own_address_id, medium, value, value_key, purpose, created_at)
     values ($1, gen_random_uuid(), 'sms', $2, $2, 'pool', now())`,
    [parley.account.account, ours],
  )
  expect(await media()).toEqual(['email', 'sms'])
  const added = await bo<AddressView>('POST', '/api/desk/addresses', { medium: 'sms', value: theirs })
  const sent = await phones.receives(theirs, '"kind":"code"')
  const code = sent.content.blocks.find((block) => block.kind === 'code')?.code
  await bo('POST', '/api/desk/addresses/confirm', { address: added.body.id, code })

  const visitor = await rig.asks('Where is the key?')
  await mail.replies(await mail.receives('bo@people.test', 'Where is the key?'), 'Under the mat.', 'bo@people.test')
  mail.isGone = true
  await visitor.says('Which mat?')
  const moved = await phones.receives(theirs, 'Which mat?')
  expect(moved.relay?.pooled?.own).toBe(ours)
  const answered = await phones.replies(moved, 'The red one.', theirs)
  expect(answered.outcome).toBe('accepted')
  const { rows } = await parley.server.db.workerPool.query(
    'select body from parley.message where conversation_id = $1 order by at',
    [visitor.conversation],
  )
  expect(rows.map(({ body }) => body)).toEqual(['Where is the key?', 'Under the mat.', 'Which mat?', 'The red one.'])
})
