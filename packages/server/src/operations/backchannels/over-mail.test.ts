import { waitFor } from '@parley/dev-env'
import { newId, type OperationId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LinesChannel } from '../../lines-channel.fixture.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, anOwnAddress, spoken, takes, takesOver } from '../../receive-rig.fixture.ts'
import { accepted, mailOnly, type OutboxRig, ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'
import { findOperation, type Performed, perform } from '../index.ts'

const ina = 'ina@clinic.test'
let rig: OperationRig
let channel: ScriptedChannel
let lines: LinesChannel
const sending: OutboxRig[] = []

beforeEach(async () => {
  rig = await openOperationRig()
  channel = new ScriptedChannel()
  lines = new LinesChannel('sms')
})
afterEach(async () => {
  for (const { outbox } of sending.splice(0)) await outbox.stop()
  await rig.close()
})

function result(done: Performed) {
  if (!done.ok) throw new Error(`refused: ${done.refusal} ${done.detail ?? ''}`)
  return done.result
}

/** Everything that is due has gone out. */
async function goesOut() {
  const { house } = rig
  const started = await startOutbox(house, [channel, lines])
  sending.push(started)
  await waitFor(
    'everything to go out',
    async () => (await house.rows(`select 1 from delivery where state in ('queued', 'sending')`)).length === 0,
  )
  await started.outbox.stop()
}

const to = (address: string) => channel.given.filter((one) => one.to === address)
const newest = (address: string) => {
  const mail = to(address).at(-1)
  if (!mail?.relay) throw new Error(`nothing to answer was sent to ${address}`)
  return { ...mail, replyTo: `${mail.relay.token}@relay.test` }
}
const shown = (mail: { content: { blocks: readonly object[] } } | undefined) => JSON.stringify(mail?.content.blocks)
const reply = (address: string, text: string, at = newest(address).replyTo) =>
  takes(rig.house, aMail(at, address, text))

const outside = { medium: 'email', address: ina, name: 'Dr. Ina' }

/** Olga, who answers a visitor, asks an expert by mail. */
async function expertIsAsked(input: object = {}) {
  const asked = await rig.question('olga')
  const [exchange = ''] = asked.exchanges
  const opened = result(
    await rig.does(rig.people.olga, 'open-backchannel', {
      from: exchange,
      outside,
      note: 'A rash after the seeds?',
      ...input,
    }),
  )
  await goesOut()
  return { ...asked, exchange, interaction: opened.interaction ?? '', invitation: opened.invitations?.[0] }
}

test('an expert outside is asked by mail, sees the note and nothing else, and the reply is their first word there (C3)', async () => {
  const { visitor, interaction, exchange } = await expertIsAsked()
  const mail = newest(ina)
  expect(mail.thread.subject).toBe('alias of olga asks for your help')
  expect(mail.relay?.alias).toBe('alias of olga')
  expect(shown(mail)).toContain('A rash after the seeds?')
  expect(shown(mail)).toContain('alias of olga of Fjord & Field asks you to join a conversation:')
  for (const hidden of ['the question', 'answer of olga', exchange, interaction])
    expect(shown(mail)).not.toContain(hidden)
  const seen = await rig.sees(visitor)
  expect(await reply(ina, 'Show me a picture.')).toMatchObject({ outcome: 'accepted' })
  expect((await rig.sees(rig.people.olga)).texts[interaction]).toEqual(['Show me a picture.'])
  await rig.say(rig.people.olga, { interaction }, 'It is red.')
  await goesOut()
  expect(newest(ina).replyTo).toBe(mail.replyTo)
  expect(newest(ina).thread).toMatchObject({
    subject: 'Behind the scenes at Fjord & Field',
    references: [mail.reference],
  })
  expect(shown(newest(ina))).toContain('sees neither this nor your answer')
  expect(await reply(ina, 'Wash it off.')).toMatchObject({ outcome: 'accepted' })
  expect((await rig.sees(rig.people.olga)).texts[interaction]).toEqual([
    'Show me a picture.',
    'It is red.',
    'Wash it off.',
  ])
  expect(await rig.sees(visitor)).toEqual(seen)
})

test('nothing that an expert is sent names anybody’s address or whole name, nor anything of the exchange (C3, law 6)', async () => {
  const { people } = rig
  const { interaction, visitor, exchange } = await expertIsAsked({
    note: 'I am olga@people.test',
  })
  await reply(ina, 'Yes?')
  result(await rig.does(people.olga, 'add', { interaction, people: [people.bo] }))
  await rig.say(people.olga, { interaction }, 'Write to olga@people.test or to ina@clinic.test')
  await rig.say(visitor, { interaction: exchange }, 'a word of the visitor')
  await goesOut()
  for (const mail of [...to(ina), ...to('bo@people.test')].slice(0)) {
    const { to: own, ...rest } = mail
    const bytes = JSON.stringify(rest)
    for (const address of ['olga@people.test', 'bo@people.test', 'otto@people.test', ina]) {
      if (bytes.includes(address)) expect([own, address]).toEqual([own, 'nobody'])
    }
    expect(bytes).not.toContain('a word of the visitor')
  }
  expect(to('bo@people.test').map(shown).join()).not.toContain('Dr. Ina <')
})

test('who declines is told so, and hears no more; what comes after the end is answered kindly (C3)', async () => {
  const { house, people } = rig
  const { interaction, invitation } = await expertIsAsked()
  const at = newest(ina).replyTo
  expect(await reply(ina, 'No')).toMatchObject({ outcome: 'noted', because: 'declined' })
  await goesOut()
  expect(channel.notes(ina).at(-1)).toBe('All right. You will hear no more of this.')
  expect(await rig.does(people.olga, 'withdraw-invitation', { invitation })).toMatchObject({ refusal: 'wrong-state' })
  await rig.say(people.olga, { interaction }, 'to myself')
  await goesOut()
  expect(to(ina)).toHaveLength(2)
  expect(await reply(ina, 'I have changed my mind', at)).toMatchObject({ outcome: 'noted' })
  expect(await house.rows('select 1 from participant where interaction_id = $1', [interaction])).toHaveLength(1)
})

test.each([
  ['withdrawn', 'This invitation was taken back. Thank you all the same.'],
  ['expired', 'This invitation is no longer open, so your message was not passed on.'],
  ['over', 'This conversation has ended, so your message was not passed on.'],
] as const)('an answer to an invitation that is %s is answered with a word about it (C3)', async (what, said) => {
  const { house, people } = rig
  const { interaction, invitation } = await expertIsAsked()
  const at = newest(ina).replyTo
  if (what === 'withdrawn') result(await rig.does(people.olga, 'withdraw-invitation', { invitation }))
  if (what === 'expired') house.clock.pass(15 * 86_400_000)
  if (what === 'over') result(await rig.does(people.olga, 'close', { what: { interaction } }))
  await goesOut()
  const mail = aMail(at, ina, 'Here I am')
  expect(await takes(house, mail)).toMatchObject({ outcome: 'noted', because: what })
  expect(await takes(house, mail)).toMatchObject({ outcome: 'duplicate' })
  await goesOut()
  expect(channel.notes(ina).at(-1)).toBe(said)
  expect(await house.rows(`select 1 from message where body = 'Here I am'`)).toEqual([])
})

test.each([
  ['whose ticket is closed', 'close', {}],
  ['whose time is over', 'set-fields', { takesUntil: '2020-01-01T00:00:00Z' }],
])(
  'a reply to an invitation into something %s is answered that it has ended, and nobody comes in by it (C3)',
  async (_, ends, fields) => {
    const { house, people } = rig
    const { interaction } = await expertIsAsked()
    const [row] = await house.rows<{ ticket: string }>('select ticket_id as ticket from ticket')
    result(await rig.does(people.olga, ends, { what: { ticket: row?.ticket }, ...fields }))
    await goesOut()
    const mail = aMail(newest(ina).replyTo, ina, 'Too late')
    expect(await takes(house, mail)).toMatchObject({ outcome: 'noted', because: 'over' })
    expect(await takes(house, mail)).toMatchObject({ outcome: 'duplicate' })
    await goesOut()
    expect(channel.notes(ina).at(-1)).toBe('This conversation has ended, so your message was not passed on.')
    expect(await house.rows('select 1 from participant where interaction_id = $1', [interaction])).toHaveLength(1)
  },
)

test('the same reply twice is one word; a second reply is the second (C3)', async () => {
  const { interaction } = await expertIsAsked()
  const mail = aMail(newest(ina).replyTo, ina, 'once')
  expect(await takes(rig.house, mail)).toMatchObject({ outcome: 'accepted' })
  expect(await takes(rig.house, mail)).toMatchObject({ outcome: 'duplicate' })
  expect(await reply(ina, 'twice')).toMatchObject({ outcome: 'accepted' })
  expect((await rig.sees(rig.people.olga)).texts[interaction]).toEqual(['once', 'twice'])
})

test('a stranger who has the address of an invitation is held, and nobody has come in (C3)', async () => {
  const { house } = rig
  const { interaction } = await expertIsAsked()
  expect(await takes(house, aMail(newest(ina).replyTo, 'eve@elsewhere.test', 'I am Ina'))).toMatchObject({
    outcome: 'held',
  })
  expect(await house.rows('select 1 from participant where interaction_id = $1', [interaction])).toHaveLength(1)
})

test('what is given of the exchange comes as a link that opens exactly that (C3)', async () => {
  const { exchange, interaction } = await expertIsAsked({ history: 'all' })
  await reply(ina, 'Let me read.')
  await goesOut()
  const story = to(ina).find((mail) => shown(mail).includes('What was said so far'))
  expect(shown(story)).toContain('http://localhost/read#')
  expect(shown(story)).not.toContain('answer of olga')
  const [expert] = await rig.house.rows<{ person: PersonId }>(
    `select person_id as person from person where name = 'Dr. Ina'`,
  )
  if (!expert) throw new Error('there is no expert')
  const seen = await rig.sees(expert.person)
  expect(seen.texts).toEqual({ [exchange]: ['answer of olga'], [interaction]: ['Let me read.'] })
})

test('who is removed is told so when they write again, and their words reach nobody (C3)', async () => {
  const { house, people } = rig
  const { interaction } = await expertIsAsked()
  await reply(ina, 'hello')
  const [place] = await house.rows<{ id: string }>(
    `select participant_id as id from participant join person using (account_id, person_id) where name = 'Dr. Ina'`,
  )
  result(await rig.does(people.olga, 'remove', { participant: place?.id }))
  await rig.say(people.olga, { interaction }, 'now we are alone')
  await goesOut()
  expect(channel.said(ina)).toEqual(['A rash after the seeds?'])
  expect(await reply(ina, 'still here?')).toMatchObject({ outcome: 'noted' })
  await goesOut()
  expect(channel.notes(ina).at(-1)).toContain('You are no longer part of this conversation')
  expect((await rig.sees(people.olga)).texts[interaction]).toEqual(['hello', 'now we are alone'])
})

test('who asks cannot be invited, by address or by name, and is answered like somebody who is not there (C3, law 6)', async () => {
  const { house, people } = rig
  const { exchanges, visitor } = await rig.question('olga')
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
     values ($1, $2, $3, 'email', 'me@home.test', 'me@home.test', 0, 'proven', now())`,
    [house.account.account, newId(), visitor],
  )
  for (const address of ['me@home.test', 'somebody@relay.test']) {
    const asked = { from: exchanges[0], outside: { ...outside, address } }
    expect(await rig.does(people.olga, 'open-backchannel', asked)).toEqual({ ok: false, refusal: 'no-such-person' })
  }
  // Nor by name, where they are a colleague who asks under another.
  await house.rows(`insert into responder (account_id, person_id, alias, state) values ($1, $2, 'Vic', 'active')`, [
    house.account.account,
    visitor,
  ])
  const named = { from: exchanges[0], people: [visitor] }
  expect(await rig.does(people.olga, 'open-backchannel', named)).toEqual({ ok: false, refusal: 'no-such-person' })
  expect(await house.rows(`select 1 from interaction where kind = 'backchannel'`)).toEqual([])
})

test('with the mails of an exchange and of a whisper both open, each reply lands where it was written (E6, law 8)', async () => {
  const { house, people } = rig
  const { person: visitor, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(visitor, { conversation }, 'the question')))
  const offer = (await house.offers(conversation)).find((one) => one.person === people.bo)
  if (!offer) throw new Error('Bo was not asked')
  const admitted = await house.answer(offer, 'Bo answers by mail')
  if (admitted.outcome !== 'admitted') throw new Error('Bo was not admitted')
  const { interaction: exchange } = admitted
  accepted(await house.node.road.say(house.say(visitor, { conversation }, 'And on Sundays?')))
  await goesOut()
  const bo = 'bo@people.test'
  const asked = newest(bo)
  const whispered = result(await rig.does(people.sue, 'whisper', { interaction: exchange, text: 'Sundays are out.' }))
  await goesOut()
  const whisper = newest(bo)
  expect(whisper.replyTo).not.toBe(asked.replyTo)
  expect(whisper.thread).toMatchObject({ subject: 'Whispered at Fjord & Field', references: [] })
  expect(whisper.relay?.alias).toBe('alias of sue')
  const [first] = whisper.content.blocks
  expect(first).toEqual({ kind: 'note', text: 'Whispered: Visitor sees neither this nor your answer.' })
  expect(shown(whisper)).not.toContain('And on Sundays?')
  await reply(bo, 'Thanks, Sue.', whisper.replyTo)
  await reply(bo, 'Not on Sundays.', asked.replyTo)
  accepted(await house.node.road.say(house.say(visitor, { conversation }, 'A pity.')))
  await goesOut()
  expect(newest(bo).replyTo).toBe(asked.replyTo)
  expect(newest(bo).thread.references).not.toContain(whisper.reference)
  expect(shown(newest(bo))).not.toContain('Sundays are out.')
  expect((await rig.sees(visitor)).texts[exchange]).toEqual([
    'Bo answers by mail',
    'And on Sundays?',
    'Not on Sundays.',
    'A pity.',
  ])
  expect((await rig.sees(people.sue)).texts[whispered.interaction ?? '']).toEqual(['Sundays are out.', 'Thanks, Sue.'])
})

test('an expert is asked by text message, and answers by one (C3)', async () => {
  const { house, people } = rig
  const phone = '+4740612345'
  await anOwnAddress(house, 'sms', '+4759440001', 'pool')
  const { exchanges } = await rig.question('olga')
  const operation = findOperation('open-backchannel')
  if (!operation) throw new Error('there is no such operation')
  const sms = { medium: 'sms', abilities: spoken.sms.abilities, repeatsUnknown: false } as const
  const addresses = { ...mailOnly, channels: [...mailOnly.channels, sms] }
  const opened = result(
    await perform(
      { road: house.node.road, context: { db: house.node.db, addresses } },
      {
        account: house.account.account,
        person: people.olga,
        language: 'en',
        via: { medium: 'web', address: null },
      },
      {
        operation,
        id: newId<OperationId>(),
        input: { from: exchanges[0], note: 'A rash?', outside: { medium: 'sms', address: phone, name: 'Dr. Ina' } },
      },
    ),
  )
  await goesOut()
  expect(lines.given.map(({ to }) => to)).toEqual([phone])
  expect(JSON.stringify(lines.given[0]?.content)).toContain('To join, just reply. Not for you?')
  expect(await takesOver(house, 'sms', { from: phone, to: '+4759440001', text: 'Which seeds?' })).toMatchObject({
    outcome: 'accepted',
  })
  const interaction = opened.interaction ?? ''
  await rig.say(people.olga, { interaction }, 'Sunflower.')
  await goesOut()
  expect(JSON.stringify(lines.given.at(-1)?.content)).toContain('sees neither this nor your answer')
  expect((await rig.sees(people.olga)).texts[interaction]).toEqual(['Which seeds?', 'Sunflower.'])
})
