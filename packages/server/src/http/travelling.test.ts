import type { Abilities, OutboundDelivery } from '@parley/channel-sdk'
import { type AttachmentId, type ConversationId, plainly } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { storeAttachments } from '../attachments/index.ts'
import { openOperationRig } from '../operation-rig.fixture.ts'
import { addAddress } from '../people/index.ts'
import {
  accepted,
  aResponder,
  type House,
  mailOnly,
  openHouse,
  ScriptedChannel,
  startOutbox,
} from '../test-house.fixture.ts'
import { sendTranscript } from './visitor/send-transcript.ts'

const canary = 'nightingale-7431'
let house: House
afterEach(() => house.close())

const aChannel = (abilities: Abilities) => Object.assign(new ScriptedChannel(), { abilities })

/** Everything that a channel was given, files included. */
async function bytesOf(given: readonly OutboundDelivery[]): Promise<string> {
  const files: string[] = []
  for (const { attachments } of given) {
    for (const file of attachments) {
      const chunks: Uint8Array[] = []
      for await (const chunk of file.open()) chunks.push(chunk)
      files.push(file.name, Buffer.concat(chunks).toString('latin1'))
    }
  }
  return `${JSON.stringify(given)} ${files.join(' ')}`
}

const letters = {
  addresses: 'per-place',
  style: 'letters',
  attachments: 'bytes',
  typing: false,
  receipts: 'read',
} as const
const lines = { addresses: 'per-place', style: 'lines', attachments: 'links', typing: true, receipts: 'read' } as const

/** A question with a file, taken by mail, and two more messages to who took it. */
async function tellAll(encryption: 'none' | 'sealed', abilities: Abilities): Promise<OutboundDelivery[]> {
  house = await openHouse({ policy: { admission: { kind: 'any' }, encryption }, responders: [aResponder('bo')] })
  const { person, conversation } = await house.visitor()
  const { node, account, clock } = house
  const channel = aChannel(abilities)
  const { outbox } = await startOutbox(house, channel)
  const say = async (text: string, attachments: AttachmentId[] = []) =>
    accepted(await node.road.say({ ...house.say(person, { conversation }, text), attachments }))
  await say(`Where does the ${canary} sing?`)
  outbox.wake()
  await expect.poll(() => waiting(conversation), { timeout: 30_000 }).toBe(0)
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  await house.answer(offer, `It is ${canary} here`)
  const files = await node.db.write(account.account, (tx) =>
    storeAttachments(tx, {
      account: account.account,
      person,
      files: [{ name: `${canary}.txt`, type: 'text/plain', bytes: Buffer.from(`in a file: ${canary}`), inline: false }],
      maxBytes: 1_000_000,
      now: clock.now(),
    }),
  )
  await say(`And at night, ${canary}?`, files.kept)
  await say(`Nothing more about ${canary}`)
  outbox.wake()
  await expect.poll(() => waiting(conversation), { timeout: 30_000 }).toBe(0)
  await outbox.stop()
  return channel.given
}

async function waiting(conversation: ConversationId): Promise<number> {
  const [row] = await house.rows<{ count: string }>(
    `select count(*) from delivery where conversation_id = $1 and state in ('queued', 'sending')`,
    [conversation],
  )
  return Number(row?.count)
}

test.each([
  ['letters', letters],
  ['lines', lines],
] as const)(
  'over a medium of %s goes a notice with a link, and never a word, a subject or a file of what is sealed (C9)',
  async (_, abilities) => {
    const given = await tellAll('sealed', abilities)
    expect(given.map(({ kind }) => kind)).toEqual(['offer', 'message', 'message'])
    expect(await bytesOf(given)).not.toContain(canary)
    for (const { content, attachments } of given) {
      expect(attachments).toEqual([])
      expect(content.blocks).toContainEqual(
        expect.objectContaining({ kind: 'link', url: expect.stringContaining('http://localhost/read#') }),
      )
    }
  },
)

test('the same is carried whole where nothing is sealed, and by a medium that says it can', async () => {
  expect(await bytesOf(await tellAll('none', letters))).toContain(`in a file: ${canary}`)
  await house.close()
  const given = await tellAll('sealed', { ...letters, sealed: true })
  expect(await bytesOf(given)).toContain(`in a file: ${canary}`)
})

test('an answer over an open medium is taken, and sealed where it lies', async () => {
  house = await openHouse({ policy: { encryption: 'sealed' } })
  const { person, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'the question')))
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const answered = await house.answer(offer, `by mail: ${canary}`)
  expect(answered.outcome).toBe('admitted')
  const rows = await house.rows<{ row: string }>(`select to_jsonb(m)::text as row from message m
    union all select to_jsonb(o)::text from offer o union all select to_jsonb(d)::text from delivery d`)
  expect(rows.length).toBeGreaterThan(3)
  expect(JSON.stringify(rows)).not.toContain(canary)
  expect(JSON.stringify(rows)).not.toContain(plainly('the question').visible)
})

test('who gets a sealed conversation from somebody else, and who has it mailed to them, get a link in the place of the story (C9 A16)', async () => {
  const rig = await openOperationRig({ admission: { kind: 'first' }, encryption: 'sealed' })
  house = rig.house
  const { node, account, clock } = house
  const { people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  await rig.say(people.olga, { interaction: exchanges[0] ?? '' }, `The ${canary} sings at night`)
  await rig.say(visitor, { conversation }, `Then the ${canary} is not for me`)
  const call = {
    text: 'Her night is short',
    at: clock.now().toISOString(),
    by: { name: `the ${canary}` },
    over: 'call',
  }
  expect(await rig.does(people.olga, 'file', { interaction: exchanges[0], said: call })).toMatchObject({ ok: true })
  const [row] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
  const handedOn = { ticket: row?.id, to: { people: [people.cleo] } }
  expect(await rig.does(people.sue, 'transfer', handedOn)).toMatchObject({ ok: true })
  const offer = (await house.offers(conversation)).find(({ person }) => person === people.cleo)
  if (!offer) throw new Error('nobody was asked')
  expect(await house.answer(offer, 'I go on')).toMatchObject({ outcome: 'admitted' })
  const at = { account: account.account, person: visitor, seemsIn: null, network: null }
  const address = await node.db.write(account.account, (tx) =>
    addAddress(tx, mailOnly, { ...at, medium: 'email', value: 'ana@people.test' }, clock.now()),
  )
  await house.rows(`update address set state = 'proven' where person_id = $1`, [visitor])
  const holder = { account: account.account, person: visitor, kind: 'visitor', language: 'en' } as const
  const mailed = { db: node.db, clock, publicUrl: 'http://localhost' }
  if (!address.ok) throw new Error('the address was refused')
  expect(await sendTranscript(mailed, holder, address.address)).toBe(true)
  const channel = aChannel(letters)
  const { outbox } = await startOutbox(house, channel)
  await expect.poll(() => waiting(conversation), { timeout: 30_000 }).toBe(0)
  await outbox.stop()
  const kept = await house.rows<{ params: object }>(
    `select notice->'params' as params from delivery where notice->>'template' = 'transcript'`,
  )
  expect(kept.map(({ params }) => Object.keys(params))).toEqual([['url']])
  const links = channel.given.filter(
    ({ kind, content }) => kind === 'notice' && JSON.stringify(content).includes('http://'),
  )
  expect(links.map(({ to }) => to).sort()).toEqual(['ana@people.test', 'cleo@people.test'])
  const toCleo = links.find(({ to }) => to === 'cleo@people.test')
  expect(toCleo?.content.blocks.map(({ kind }) => kind)).toEqual(['note', 'note', 'link'])
  expect(await bytesOf(channel.given)).not.toContain(canary)
})
