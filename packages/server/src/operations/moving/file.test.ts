import { newId, type OperationId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'
import { word } from '../../words/index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ circle: 'shared' })
})
afterEach(() => rig.close())

const at = '2026-02-27T15:00:00.000Z'
const filing = (interaction: string | undefined, said: object = {}) => ({
  interaction,
  said: { text: 'She wants the red ones.', at, by: { name: 'Ana’s sister' }, over: 'call', ...said },
})

test('C7 what was said elsewhere is filed with its own author and time, and everyone there reads it', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga', 'otto')
  const [interaction = ''] = exchanges
  const done = await rig.does(people.olga, 'file', filing(interaction))
  expect(done).toMatchObject({ ok: true, result: { interaction } })
  for (const reader of [people.olga, people.otto, visitor]) {
    const [last] = (await rig.messages(reader, interaction)).slice(-1)
    expect(last).toMatchObject({
      text: 'She wants the red ones.',
      filed: { at, by: 'Ana’s sister', over: 'call' },
    })
    expect(last?.at).not.toBe(at)
  }
})

test('C7 filed twice with one id it stands there once', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  const id = newId<OperationId>()
  const first = await rig.does(people.olga, 'file', filing(exchanges[0]), id)
  expect(await rig.does(people.olga, 'file', filing(exchanges[0]), id)).toEqual({ ...first, repeated: true })
  const texts = (await rig.sees(people.olga)).texts[exchanges[0] ?? '']
  expect(texts?.filter((text) => text === 'She wants the red ones.')).toHaveLength(1)
})

test('C7 who reads by mail gets it like anything said, with who said it and when', async () => {
  const { people, house } = rig
  const { exchanges, conversation } = await rig.question('olga')
  const [offer] = (await house.offers(conversation)).filter(({ person }) => person === people.bo)
  if (!offer) throw new Error('bo was not asked')
  await house.answer(offer, 'me too')
  const channel = new ScriptedChannel()
  const { outbox } = await startOutbox(house, channel)
  await rig.does(people.olga, 'file', filing(exchanges[0]))
  await expect.poll(() => channel.said('bo@people.test'), { timeout: 30_000 }).toContain('She wants the red ones.')
  const mail = channel.given.find(({ content }) =>
    content.blocks.some((block) => block.kind === 'said' && block.text === 'She wants the red ones.'),
  )
  const said = mail?.content.blocks.find((block) => block.kind === 'said')
  expect(said).toMatchObject({ by: 'Ana’s sister', at: new Date(at) })
  expect(JSON.stringify(mail?.content.blocks)).toMatch(/call/)
  await rig.does(people.olga, 'file', filing(exchanges[0], { text: 'Her number is 5.', over: 'fax', sealed: true }))
  await rig.does(people.sue, 'whisper', { interaction: exchanges[0], text: 'It is 7.', sealed: true })
  const sealedLink = word('en', 'sealed-link')
  const links = () =>
    channel.given.filter(({ to, content }) => to === 'bo@people.test' && JSON.stringify(content).includes(sealedLink))
  await expect.poll(() => links().length, { timeout: 30_000 }).toBe(2)
  expect(JSON.stringify(channel.given)).not.toMatch(/Her number|fax|It is 7/)
  await outbox.stop()
})

test('C7 one of ours is named as they are called there, and nobody by what tells who they are', async () => {
  const { people, house } = rig
  const { exchanges, visitor } = await rig.question('olga', 'otto')
  const [interaction = ''] = exchanges
  await rig.does(people.olga, 'file', filing(interaction, { by: { person: people.otto } }))
  await rig.does(people.olga, 'file', filing(interaction, { by: { person: visitor } }))
  await rig.does(people.olga, 'file', filing(interaction, { by: { name: 'write to otto@people.test' } }))
  const by = (await rig.messages(visitor, interaction)).flatMap(({ filed }) => filed?.by ?? [])
  expect(by.slice(0, 2)).toEqual(['alias of otto', 'Visitor'])
  expect(by[2]).not.toContain('otto@people.test')
  const inHisName = filing(interaction, { by: { name: 'Alias of  OTTO' } })
  expect(await rig.does(people.olga, 'file', inHisName)).toEqual({ ok: false, refusal: 'alias-taken' })
  expect(await rig.does(people.olga, 'file', filing(interaction, { by: { person: newId() } }))).toEqual({
    ok: false,
    refusal: 'no-such-person',
  })
  const stranger = await house.visitor()
  expect(await rig.does(people.olga, 'file', filing(interaction, { by: { person: stranger.person } }))).toMatchObject({
    refusal: 'no-such-person',
  })
})

test('C7 what somebody is called in a backchannel is not brought before who asks by filing (law 8)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const opened = await rig.does(people.olga, 'open-backchannel', { from: exchange })
  if (!opened.ok) throw new Error(opened.refusal)
  const { interaction } = opened.result
  const added = await rig.does(people.olga, 'add', { interaction, people: [people.cleo] })
  if (!added.ok) throw new Error(added.refusal)
  const [participant] = added.result.participants ?? []
  expect(await rig.does(people.olga, 'set-place', { participant, alias: 'Behind' })).toMatchObject({ ok: true })
  for (const at of [exchange, interaction]) {
    expect(await rig.does(people.olga, 'file', filing(at, { by: { person: people.cleo } }))).toMatchObject({ ok: true })
  }
  expect((await rig.messages(visitor, exchange)).at(-1)?.filed?.by).toBe('alias of cleo')
  expect((await rig.messages(people.olga, interaction ?? '')).at(-1)?.filed?.by).toBe('Behind')
})

test('C7 files that one has uploaded are filed with it, and nobody else’s are', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  const upload = async (person: string) => {
    const [row] = await house.rows<{ id: string }>(
      `insert into attachment (account_id, attachment_id, person_id, blob_id, name, type, size, position, created_at)
       values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'a.png', 'image/png', 3, 0, now()) returning attachment_id as id`,
      [house.account.account, person],
    )
    return row?.id ?? ''
  }
  const others = await upload(people.otto)
  expect(await rig.does(people.olga, 'file', filing(exchanges[0], { attachments: [others] }))).toEqual({
    ok: false,
    refusal: 'attachment-not-there',
  })
  const own = await upload(people.olga)
  const said = { text: '', attachments: [own] }
  expect(await rig.does(people.olga, 'file', filing(exchanges[0], said))).toMatchObject({ ok: true })
  expect(await rig.does(people.olga, 'file', filing(exchanges[0], said))).toMatchObject({
    refusal: 'attachment-not-there',
  })
})

test('C7 nothing is filed that was not said yet, that says nothing, where one does not write, or in what is closed', async () => {
  const { people } = rig
  const { exchanges, visitor } = await rig.question('olga')
  const [interaction] = exchanges
  const refusal = async (by: typeof people.olga, said: object = {}) => {
    const done = await rig.does(by, 'file', filing(interaction, said))
    return done.ok ? null : done.refusal
  }
  expect(await refusal(people.olga, { at: '2031-01-01T00:00:00Z' })).toBe('wrong-state')
  expect(await refusal(people.olga, { text: ' ' })).toBe('text-empty')
  expect(await refusal(people.olga, { text: 'x'.repeat(16_001) })).toBe('text-too-long')
  expect(await refusal(people.olga, { at: 'yesterday' })).toBe('malformed-request')
  expect(await refusal(people.otto)).toBe('not-there')
  expect(await refusal(people.sue)).toBe('not-allowed')
  expect(await refusal(visitor)).toBe('not-allowed')
  await rig.does(people.olga, 'close', { what: { interaction } })
  expect(await refusal(people.olga)).toBe('interaction-closed')
})
