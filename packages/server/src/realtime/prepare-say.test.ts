import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { accepted, aResponder, type House, openExchange, openHouse } from '../test-house.fixture.ts'
import { prepareSayIn } from './prepare-say.ts'
import { echoKey } from './said-text.ts'
import type { Holder } from './short-token.ts'

let house: House
afterEach(() => house.close())

/** A responder has asked for a number, and the visitor has the form open in several tabs. */
async function aForm() {
  house = await openHouse({ responders: [aResponder('bo')] })
  const { visitor, responder, conversation, interaction } = await openExchange(house)
  const fields = [{ name: 'phone', label: 'Phone', kind: 'phone' as const, required: true }]
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
  const says = async (id: string, prepared: Awaited<ReturnType<typeof looks>>) => {
    if (!prepared.ok) throw new Error(prepared.refusal)
    const say = house.say(visitor, { conversation, interaction }, prepared.text, { key: echoKey(visitor, id) })
    return house.node.road.say({ ...say, form: prepared.form })
  }
  const answers = () => house.rows<{ body: string }>(`select body from message where kind = 'answer'`)
  return { looks, says, answers }
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
