import { randomUUID } from 'node:crypto'
import type { InteractionId, PersonId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { openOperationRig } from '../operation-rig.fixture.ts'
import type { Performed } from '../operations/index.ts'
import { loadStructures, type Target } from '../road/index.ts'
import { accepted, aResponder, type House, openExchange, openHouse } from '../test-house.fixture.ts'
import { prepareSayIn } from './prepare-say.ts'
import { echoKey } from './said-text.ts'
import type { Holder } from './short-token.ts'

let house: House
afterEach(() => house.close())

/** A responder has asked for a number, and the visitor has the form open in several tabs. */
async function aForm(label = 'Phone') {
  house = await openHouse({ responders: [aResponder('bo')] })
  const { visitor, responder, conversation, interaction } = await openExchange(house)
  const fields = [{ name: 'phone', label, kind: 'phone' as const, required: true }]
  const ask = {
    ...house.say(responder, { conversation, interaction }, 'May I?'),
    form: { kind: 'ask' as const, fields },
  }
  const { message } = accepted(await house.node.road.say(ask))
  const holder: Holder = { account: house.account.account, person: visitor, kind: 'visitor', language: 'en' }
  const prepare = prepareSayIn(house.node.db)
  const structure = house.node.published.at(-1)?.says[0]?.structure
  if (!structure) throw new Error('the form was not told')
  /** As a tab does it: looked at, and then sent down the road. */
  const looks = (id: string, phone: string) =>
    prepare(holder, structure, { t: 'say', id, to: { interaction }, text: '', form: { message, answers: { phone } } })
  const says = async (
    id: string,
    prepared: Awaited<ReturnType<typeof looks>>,
    to: Target = { conversation, interaction },
  ) => {
    if (!prepared.ok) throw new Error(prepared.refusal)
    const { form, sharedIn } = prepared
    const say = house.say(visitor, to, prepared.text, { key: echoKey(visitor, id) })
    return house.node.road.say({ ...say, form, ...(sharedIn ? { sharedIn } : {}) })
  }
  const answers = () => house.rows<{ body: string }>(`select body from message where kind = 'answer'`)
  return { looks, says, answers, conversation, interaction }
}

function done(what: Performed) {
  if (!what.ok) throw new Error(what.refusal)
  return what.result
}

test('A20 a form that was answered in one tab is refused in the other; the first answer, repeated, is taken as before', async () => {
  const { looks, says, answers } = await aForm()
  const [first, second] = [randomUUID(), randomUUID()]
  const { message } = accepted(await says(first, await looks(first, '+47 22 86 44 00')))
  expect(await looks(second, '+47 22 86 44 01')).toEqual({ ok: false, refusal: 'form-answered' })
  const again = accepted(await says(first, await looks(first, '+47 22 86 44 00')))
  expect([again.message, again.repeated]).toEqual([message, true])
  expect(await answers()).toEqual([{ body: 'Phone: +47 22 86 44 00' }])
})

test('A20 a form that two tabs answer in the same moment keeps one answer, and the other tab learns so when it asks again', async () => {
  const { looks, says, answers } = await aForm()
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  const prepared = await Promise.all(ids.map((id, index) => looks(id, `+47 22 86 44 0${index}`)))
  const said = await Promise.allSettled(prepared.map((each, index) => says(ids[index] ?? '', each)))
  expect(said.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await answers()).toHaveLength(1)
  const lost = said.findIndex(({ status }) => status === 'rejected')
  expect(await looks(ids[lost] ?? '', '+47 22 86 44 09')).toEqual({ ok: false, refusal: 'form-answered' })
})

test('A20 what a form asks is read like words, and what is filled in passes where it was asked and nowhere else', async () => {
  const { looks, says, answers, conversation, interaction } = await aForm('Write to bo@people.test, or your phone')
  expect(await house.rows(`select form->'fields'->0->>'label' as label from message where kind = 'ask'`)).toEqual([
    { label: 'Write to •••, or your phone' },
  ])
  const id = randomUUID()
  const prepared = await looks(id, '+47 22 86 44 00, not bo@people.test')
  expect(prepared).toMatchObject({ ok: true, sharedIn: interaction })
  accepted(await says(id, prepared, { conversation }))
  expect(await answers()).toEqual([{ body: 'Write to •••, or your phone: •••, not •••' }])
})

test('A20 what is filled in carries nobody else’s address', async () => {
  const { looks, says, answers } = await aForm()
  const id = randomUUID()
  accepted(await says(id, await looks(id, '+47 22 86 44 00, not bo@people.test')))
  expect(await answers()).toEqual([{ body: 'Phone: +47 22 86 44 00, not •••' }])
})

test('A20 C3 a form that was answered behind somebody’s back is neither answered for them nor refused', async () => {
  const rig = await openOperationRig()
  house = rig.house
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const { olga } = rig.people
  const [exchange] = exchanges
  if (!exchange) throw new Error('nobody answered')
  const fields = [{ name: 'phone', label: 'Phone', kind: 'phone' as const, required: true }]
  const ask = house.say(olga, { conversation, interaction: exchange }, 'May I?')
  const { message } = accepted(await house.node.road.say({ ...ask, form: { kind: 'ask', fields } }))
  const { interaction } = done(await rig.does(olga, 'open-backchannel', { from: exchange }))
  done(await rig.does(olga, 'copy', { from: exchange, to: interaction, messages: [message] }))

  const prepare = prepareSayIn(house.node.db)
  const answers = async (person: PersonId, kind: Holder['kind'], to: InteractionId, phone: string) => {
    const account = house.account.account
    const structure = await house.node.db.read(account, async (db) =>
      (await loadStructures(db, account, [conversation])).get(conversation),
    )
    if (!structure) throw new Error('a conversation was lost')
    const id = randomUUID()
    const form = { message, answers: { phone } }
    const frame = { t: 'say' as const, id, to: { interaction: to }, text: '', form }
    const prepared = await prepare({ account, person, kind, language: 'en' }, structure, frame)
    if (!prepared.ok) return prepared.refusal
    const say = house.say(person, { conversation, interaction: to }, prepared.text, { key: echoKey(person, id) })
    return accepted(await house.node.road.say({ ...say, form: prepared.form })).message
  }
  const isAnsweredFor = async (person: PersonId) =>
    (await rig.messages(person, exchange)).find(({ id }) => id === message)?.form?.answered
  await answers(olga, 'responder', interaction as InteractionId, '110')
  expect([await isAnsweredFor(olga), await isAnsweredFor(visitor)]).toEqual([true, false])
  const own = await answers(visitor, 'visitor', exchange, '+47 22 86 44 00')
  expect((await rig.messages(visitor, exchange)).at(-1)?.id).toBe(own)
  expect(await answers(olga, 'responder', exchange, '112')).toBe('form-answered')
})
