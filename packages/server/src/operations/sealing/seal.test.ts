import type { AttachmentId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBlob, storeAttachments } from '../../attachments/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { accepted } from '../../test-house.fixture.ts'
import { tablesHolding } from './tables-holding.fixture.ts'

let rig: OperationRig
beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

test('a conversation that is sealed is read as before by who could, and lies open nowhere (C9)', async () => {
  const { house, people } = rig
  const { account, clock, node } = house
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const exchange = exchanges[0] ?? ''
  const { kept } = await node.db.write(account.account, (tx) =>
    storeAttachments(tx, {
      account: account.account,
      person: people.olga,
      files: [{ name: 'nightingale.txt', type: 'text/plain', bytes: Buffer.from('a nightingale file'), inline: false }],
      maxBytes: 1_000_000,
      now: clock.now(),
    }),
  )
  const attachments: AttachmentId[] = kept
  accepted(
    await node.road.say({
      ...house.say(
        people.olga,
        { conversation, interaction: exchange as never },
        'hear the nightingale, or write to me@sings.test',
      ),
      attachments,
    }),
  )
  const named = { name: 'nightingale case', tags: ['nightingale'], folder: 'nightingales' }
  expect(await rig.does(people.olga, 'set-fields', { what: { conversation }, ...named })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual(
    expect.arrayContaining(['attachment', 'blob_chunk', 'conversation', 'message']),
  )
  const before = { visitor: await rig.sees(visitor), olga: await rig.sees(people.olga) }

  expect(await rig.does(people.otto, 'seal', { conversation })).toMatchObject({ refusal: 'not-there' })
  expect(await rig.does(people.olga, 'seal', { conversation })).toMatchObject({ refusal: 'not-allowed' })
  expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ ok: true, result: { undoable: false } })
  expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ refusal: 'wrong-state' })

  const shows = async (person: string) => (await rig.sees(person as never)).views.map(({ sealed }) => sealed)
  expect([await shows(people.olga), await shows(visitor)]).toEqual([[true], [undefined]])
  expect((await rig.sees(visitor)).texts).toEqual(before.visitor.texts)
  expect((await rig.sees(people.olga)).views.map(({ name, tags, folder }) => ({ name, tags, folder }))).toEqual([named])
  const [file] = (await rig.messages(visitor, exchange)).flatMap((each) => each.attachments ?? [])
  expect(file?.name).toBe('nightingale.txt')
  const [blob] = await house.rows<{ id: never }>('select blob_id as id from attachment')
  const chunks: Uint8Array[] = []
  for await (const chunk of openBlob(node.db, account.account, blob?.id as never)) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe('a nightingale file')
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  await rig.does(people.olga, 'set-fields', { what: { conversation }, name: 'another nightingale case' })
  await rig.say(visitor, { conversation }, 'another nightingale')
  expect(await tablesHolding(rig, 'another nightingale')).toEqual([])
})

test('what lay open is sealed when it is merged into what is', async () => {
  const { people } = rig
  const one = await rig.question('olga')
  const two = await rig.question('olga')
  await rig.say(two.visitor, { conversation: two.conversation }, 'a nightingale')
  await rig.does(people.sue, 'seal', { conversation: one.conversation })
  expect(await tablesHolding(rig, 'nightingale')).not.toEqual([])
  const merge = (into: string, from: string) =>
    rig.does(people.sue, 'merge', { into: { conversation: into }, from: { conversation: from } })
  expect(await merge(two.conversation, one.conversation)).toMatchObject({ refusal: 'sealed' })
  expect(await merge(one.conversation, two.conversation)).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(Object.values((await rig.sees(two.visitor)).texts).flat()).toContain('a nightingale')
})
