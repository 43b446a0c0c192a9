import type { OutboundDelivery, Outcome } from '@parley/channel-sdk'
import type { AddressView, JoiningView, JoinPageView, JoinResponse, Script } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Postbox } from './link/link-rig.fixture.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from './people-rig.fixture.ts'

/** A far end that can refuse for good. */
class FarEnd extends Postbox {
  refuses: 'address' | 'message' | null = null

  override async send(delivery: OutboundDelivery): Promise<Outcome & { status: 'sent' }> {
    const sent = await super.send(delivery)
    return this.refuses ? ({ status: 'rejected', reason: 'gone', scope: this.refuses } as never) : sent
  }
}

const mail = new FarEnd('email')
const phones = new FarEnd('sms')
const messenger = new FarEnd('xmpp')
const deskPhones = new FarEnd('sip')
const all = [mail, phones, messenger, deskPhones]
const at = { mail: 'bo@people.test', phone: '+4740612345', jid: 'bo@jabber.test', sip: 'sip:bo@phones.test' }
let rig: PeopleRig
let bo: DeskCaller
let count = 0

beforeAll(async () => {
  rig = await startPeopleRig({
    channels: all,
    account: {
      name: 'Fjord & Field',
      sites: [{ key: 'shop', name: 'Fjord & Field', domains: [], topics: [] }],
      responders: [{ name: 'Bo', alias: 'Juniper', language: 'en', emails: [at.mail] }],
    },
  })
  bo = await rig.atDesk(rig.parley.account.responders[0], at.mail)
  for (const [post, medium, value] of [
    [phones, 'sms', at.phone],
    [messenger, 'xmpp', at.jid],
    [deskPhones, 'sip', at.sip],
  ] as const) {
    const { body } = await bo<AddressView>('POST', '/api/desk/addresses', { medium, value })
    const code = codeIn(await post.receives(value, '"kind":"code"'))
    await bo('POST', '/api/desk/addresses/confirm', { address: body.id, code })
  }
})
afterAll(() => rig?.parley.stop())
beforeEach(async () => {
  count += 1
  for (const each of all) each.refuses = null
  await rig.parley.server.db.workerPool.query(
    `update parley.address set state = 'proven', hours = null, failing_reason = null`,
  )
})

const codeIn = ({ content }: OutboundDelivery) => content.blocks.find((block) => block.kind === 'code')?.code

const words = (text: string) => `${text} (${count})`

/** How often these words went to each far end, as somebody's words. */
const sentAs = (text: string) =>
  all.map(
    (post) =>
      post.sent.filter(({ content }) =>
        content.blocks.some((block) => block.kind === 'said' && block.text === words(text)),
      ).length,
  )

async function seenByVisitor(conversation: string): Promise<string[]> {
  const { rows } = await rig.parley.server.db.workerPool.query(
    `select body from parley.message where conversation_id = $1 and kind = 'said' order by at`,
    [conversation],
  )
  return rows.map(({ body }) => body)
}

test('A11 a responder answers from four media in turn: each time the next words go there alone, and nothing is lost or doubled', async () => {
  const visitor = await rig.asks(words('Where is the pier?'))
  const offers = await Promise.all([
    mail.receives(at.mail, words('Where is the pier?')),
    phones.receives(at.phone, words('Where is the pier?')),
    messenger.receives(at.jid, words('Where is the pier?')),
    deskPhones.receives(at.sip, words('Where is the pier?')),
  ])
  expect(sentAs('Where is the pier?')).toEqual([1, 1, 1, 1])
  const [byMail, byPhone, byJid, bySip] = offers
  await phones.replies(byPhone, words('Behind the church.'), at.phone)
  await visitor.says(words('Which church?'))
  const asked = await phones.receives(at.phone, words('Which church?'))
  await messenger.replies(byJid, words('The white one.'), `${at.jid}/phone`)
  await visitor.says(words('Thank you.'))
  await messenger.receives(at.jid, words('Thank you.'))
  await deskPhones.replies(bySip, words('At your service.'), at.sip)
  await visitor.says(words('And the ferry?'))
  await deskPhones.receives(at.sip, words('And the ferry?'))
  await mail.replies(byMail, words('At nine.'), at.mail)
  await visitor.says(words('Great.'))
  await mail.receives(at.mail, words('Great.'))
  await phones.replies(asked, words('Bye.'), at.phone)
  await visitor.says(words('Bye.'))
  await phones.receives(at.phone, '"Bye. ')
  expect(['Which church?', 'Thank you.', 'And the ferry?', 'Great.', 'Bye.'].map(sentAs)).toEqual([
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ])
  const seen = await seenByVisitor(visitor.conversation)
  expect(seen.filter((text) => text === words('The white one.') || text === words('Behind the church.'))).toHaveLength(
    2,
  )
  expect(new Set(seen).size).toBe(seen.length - 1)
})

test('A18 an address that refuses for good gives way to the next medium, whose answers come back to the same place', async () => {
  const visitor = await rig.asks(words('Is it open?'))
  const offer = await messenger.receives(at.jid, words('Is it open?'))
  await messenger.replies(offer, words('Until six.'), at.jid)
  messenger.refuses = 'address'
  await visitor.says(words('On Sundays too?'))
  const moved = await mail.receives(at.mail, words('On Sundays too?'))
  expect(sentAs('On Sundays too?')).toEqual([1, 0, 1, 0])
  expect((await mail.replies(moved, words('No.'), at.mail)).outcome).toBe('accepted')
  await visitor.says(words('A pity.'))
  await mail.receives(at.mail, words('A pity.'))
  expect(sentAs('A pity.')).toEqual([1, 0, 0, 0])
})

test('A18 what only this address cannot carry goes elsewhere alone', async () => {
  const visitor = await rig.asks(words('Is it deep?'))
  const offer = await phones.receives(at.phone, words('Is it deep?'))
  await phones.replies(offer, words('Very.'), at.phone)
  phones.refuses = 'message'
  await visitor.says(words('How deep?'))
  await mail.receives(at.mail, words('How deep?'))
  phones.refuses = null
  await visitor.says(words('For swimming?'))
  await phones.receives(at.phone, words('For swimming?'))
  expect(['How deep?', 'For swimming?'].map(sentAs)).toEqual([
    [1, 1, 0, 0],
    [0, 1, 0, 0],
  ])
})

test('A11 their rules by hour come before the address that they last answered from, for questions and for words', async () => {
  // By the server's own clock: hours that are surely not now, and the rest of the week.
  const today = ((new Date().getUTCDay() + 6) % 7) + 1
  const otherDays = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== today && day !== (today % 7) + 1)
  const never = { timeZone: 'UTC', week: otherDays.map((day) => ({ day, from: 0, to: 1440 })) }
  const setHours = (value: string, hours: object | null) =>
    rig.parley.server.db.workerPool.query('update parley.address set hours = $2 where value = $1', [
      value,
      hours && JSON.stringify(hours),
    ])
  await setHours(at.phone, never)
  const visitor = await rig.asks(words('Who has a boat?'))
  const offer = await messenger.receives(at.jid, words('Who has a boat?'))
  await deskPhones.receives(at.sip, words('Who has a boat?'))
  await mail.receives(at.mail, words('Who has a boat?'))
  expect(sentAs('Who has a boat?')).toEqual([1, 0, 1, 1])
  await messenger.replies(offer, words('I do.'), at.jid)
  await setHours(at.jid, never)
  await visitor.says(words('How big?'))
  await mail.receives(at.mail, words('How big?'))
  expect(sentAs('How big?')).toEqual([1, 0, 0, 0])
  await setHours(at.jid, null)
  await visitor.says(words('And red?'))
  await messenger.receives(at.jid, words('And red?'))
  expect(sentAs('And red?')).toEqual([0, 0, 1, 0])
})

test('A5 somebody who joins with a phone number is asked there, and answers by just replying', async () => {
  const number = '+4740698765'
  await bo('PATCH', '/api/desk/admin/joining', { mode: 'open' })
  const { body: joining } = await bo<JoiningView>('GET', '/api/desk/admin/joining')
  const page = `/api/join/${joining.url.split('/').at(-1)}`
  expect((await rig.ask<JoinPageView>('GET', page)).body.media).toEqual(['email', 'sms', 'xmpp', 'sip'])
  const joiner = { name: 'Gus P', alias: 'Thistle', language: 'en', medium: 'sms', value: number }
  const begun = await rig.ask<JoinResponse>('POST', page, joiner)
  const code = codeIn(await phones.receives(number, '"kind":"code"'))
  const done = await rig.ask('POST', `${page}/confirm`, { key: begun.body.key, code })
  expect(done.body).toMatchObject({ state: 'active', signIn: null })
  const visitor = await rig.asks(words('Who knows the tides?'))
  const answered = await phones.replies(await phones.receives(number, words('Who knows the tides?')), 'I do.', number)
  expect(answered.outcome).toBe('accepted')
  expect(await seenByVisitor(visitor.conversation)).toContain('I do.')
  await rig.parley.server.db.workerPool.query(`update parley.responder set state = 'left' where alias = 'Thistle'`)
})

test('A12 the concierge asks for a phone number, a code goes there, and nobody who answers sees either', async () => {
  const script: Script = {
    format: 1,
    language: 'en',
    begins: 'with-first-words',
    start: 'where',
    steps: {
      where: {
        kind: 'ask',
        text: { en: 'At which number may we write to you?' },
        answer: { kind: 'contact', medium: 'sms', consent: { en: 'We keep it for this question.' } },
        next: 'end',
      },
      end: { kind: 'end', text: { en: 'Thank you.' } },
    },
  }
  const saved = await bo<{ id: string }>('POST', '/api/desk/admin/scripts', { name: 'Numbers', script })
  await bo('PATCH', `/api/desk/admin/scripts/${saved.body.id}`, { isOn: true })
  const visitor = await rig.asks(words('Is there a sauna?'))
  await visitor.says('Sure, +47 406 54 321')
  const code = codeIn(await phones.receives('+4740654321', '"kind":"code"'))
  await visitor.says(`It says ${code}`)
  const { rows } = await rig.parley.server.db.workerPool.query(
    `select a.state from parley.address a where a.person_id = $1 and a.medium = 'sms'`,
    [visitor.person],
  )
  expect(rows).toEqual([{ state: 'proven' }])
  const offer = await mail.receives(at.mail, words('Is there a sauna?'))
  expect(JSON.stringify(offer.content)).not.toMatch(/406 ?54|40654321/)
  await bo('PATCH', `/api/desk/admin/scripts/${saved.body.id}`, { isOn: false })
})
