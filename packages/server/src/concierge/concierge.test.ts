import type { ConversationId, InteractionId, PersonId, ScriptId, TicketId } from '@parley/model'
import type { Script } from '@parley/rules'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readMessages } from '../conversations/index.ts'
import { stepHunts } from '../hunting/index.ts'
import { loadStructures, readableSpans } from '../road/index.ts'
import {
  accepted,
  aKey,
  aResponder,
  type House,
  mailOnly,
  type Node,
  openHouse,
  ScriptedChannel,
  startOutbox,
  storyOf,
} from '../test-house.fixture.ts'
import { addScript, changeScript, goOnWhenDue, readFunnel, saveScript } from './index.ts'
import { leaks } from './leaks.test-data.ts'

let house: House

beforeAll(async () => {
  house = await openHouse({ responders: [aResponder('bo'), aResponder('cy')] })
})
afterAll(() => house.close())

/** A script that is on, and the only one. */
async function switchOn(script: Script): Promise<ScriptId> {
  const { account } = house.account
  const [bo] = house.account.responders
  if (!bo) throw new Error('nobody is there')
  return house.node.db.write(account, async (tx) => {
    await tx.updateTable('script').set({ is_on: false }).where('account_id', '=', account).execute()
    const wanted = { account, by: bo.person, name: 'Leaks', chosenBy: {}, script }
    const added = await addScript(tx, wanted, house.clock.now())
    if (!added.ok) throw new Error(JSON.stringify(added))
    await changeScript(tx, { account, id: added.id, isOn: true })
    return added.id
  })
}

interface Visit {
  person: PersonId
  conversation: ConversationId
  says(text: string, options?: { node?: Node }): Promise<void>
  /** Fills in the form that was asked last. */
  fills(answers: Record<string, string>): Promise<void>
  /** What stands in the conversation, each with who said it. */
  lines(): Promise<string[]>
  ticket(): Promise<TicketId>
}

async function aVisit(): Promise<Visit> {
  const { person, conversation } = await house.visitor()
  const say = async (node: Node, more: object, text: string) => {
    accepted(await node.road.say({ ...house.say(person, { conversation }, text), ...more }))
  }
  return {
    person,
    conversation,
    says: (text, { node = house.node } = {}) => say(node, {}, text),
    async fills(answers) {
      const [asked] = await house.rows<{ id: string; intake: InteractionId }>(
        `select m.message_id as id, p.interaction_id as intake from message m join placement p on p.message_id = m.message_id
         where m.conversation_id = $1 and m.kind = 'ask' order by p.ordinal desc limit 1`,
        [conversation],
      )
      if (!asked) throw new Error('nothing was asked')
      const text = Object.values(answers).join('\n')
      const to = { conversation, interaction: asked.intake }
      await say(house.node, { to, form: { kind: 'answer', of: asked.id, answers } }, text)
    },
    async lines() {
      const rows = await house.rows<{ kind: string; text: string }>(
        `select w.kind, m.body as text from placement p join message m on m.message_id = p.message_id
         join person w on w.person_id = m.person_id where p.conversation_id = $1 order by p.ordinal`,
        [conversation],
      )
      return rows.map(({ kind, text }) => `${kind}: ${text}`)
    },
    async ticket() {
      const [row] = await house.rows<{ id: TicketId }>(
        `select ticket_id as id from ticket where conversation_id = $1`,
        [conversation],
      )
      if (!row) throw new Error('no ticket')
      return row.id
    },
  }
}

const due = (node: Node = house.node) =>
  goOnWhenDue({
    db: node.db,
    road: node.road,
    clock: house.clock,
    addresses: mailOnly,
    warn: (facts) => expect(facts).toBeNull(),
  })
const hunts = () =>
  stepHunts({ db: house.node.db, road: house.node.road, clock: house.clock, warn: (facts) => expect(facts).toBeNull() })
const offerOf = async (visit: Visit, name: string) => {
  const offers = await house.offers(visit.conversation)
  const who = house.account.responders.find((responder) => responder.name === name)
  const offer = offers.find(({ person }) => person === who?.person)
  if (!offer) throw new Error(`${name} was not asked`)
  return offer
}

/** Everything that stands in the outbox has left. */
async function allSent(outbox: { wake(): void }): Promise<void> {
  outbox.wake()
  await expect
    .poll(() =>
      house.rows(`select 1 from delivery where state in ('queued', 'sending') and due_at <= $1`, [house.clock.now()]),
    )
    .toEqual([])
}

const withContact: Script = {
  ...leaks,
  start: 'contact',
  steps: {
    contact: {
      kind: 'ask',
      text: { en: 'Where can we write to you?' },
      answer: { kind: 'contact', medium: 'email', consent: { en: 'We keep it for this question.' } },
      next: 'end',
    },
    end: { kind: 'end' },
  },
}

let script: ScriptId
beforeEach(async () => {
  script = await switchOn(leaks)
})

test('B1 while people are asked, the visitor is asked prepared questions; "yes" goes on, "no" goes elsewhere', async () => {
  const [ana, ben] = [await aVisit(), await aVisit()]
  await ana.says('My pump drips')
  await ana.fills({ answer: 'Yes' })
  await ana.says('since yesterday')
  expect(await ana.lines()).toEqual([
    'visitor: My pump drips',
    'virtual: I am asking around.',
    'virtual: Does it leak?',
    'visitor: Yes',
    'virtual: Since when?',
    'visitor: since yesterday',
    'virtual: Thank you.',
  ])
  await ben.says('My hose is short')
  await ben.says('no')
  expect((await ben.lines()).at(-1)).toBe('virtual: Somebody will be with you soon.')
})

test('B1 a choice is a form in the window, and what was answered in words is answered in the form too', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  const [asked] = await house.rows<{ form: object }>(
    `select form from message where conversation_id = $1 and kind = 'ask'`,
    [ana.conversation],
  )
  expect(asked?.form).toEqual({
    kind: 'ask',
    fields: [{ name: 'answer', label: 'Your answer', kind: 'choice', required: true, choices: ['Yes', 'No'] }],
  })
  await ana.says('yes, it does')
  await ana.fills({ answer: 'No' })
  // The form of a question that was answered already says nothing about the next one.
  expect((await ana.lines()).filter((line) => line.startsWith('virtual'))).toHaveLength(3)
})

test('B1 the concierge has a place in the intake under its own name, and none beside those who are asked', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  const places = await house.rows(
    `select p.role, p.alias, i.kind from participant p join interaction i on i.interaction_id = p.interaction_id
     where p.conversation_id = $1 order by p.role`,
    [ana.conversation],
  )
  expect(places).toEqual([
    { role: 'initiator', alias: '', kind: 'intake' },
    { role: 'virtual', alias: 'Pia', kind: 'intake' },
  ])
  const [ticket] = await house.rows<{ admitted: number }>('select admitted from ticket where conversation_id = $1', [
    ana.conversation,
  ])
  expect(ticket?.admitted).toBe(0)
})

test('B2 each answer reaches those who are asked: at once at the desk, by mail gathered, at most once a minute and once at the end', async () => {
  const channel = new ScriptedChannel()
  const { outbox } = await startOutbox(house, channel)
  const ana = await aVisit()
  await ana.says('My tap sings')
  await allSent(outbox)
  const excerpt = async () =>
    (
      await house.rows<{ excerpt: string }>(`select excerpt from offer where offer_id = $1`, [
        (await offerOf(ana, 'bo')).offer,
      ])
    )[0]?.excerpt
  const mails = () => channel.said('bo@people.test').filter((text) => text.includes('My tap sings'))
  expect(mails()).toHaveLength(1)

  house.clock.pass(5_000)
  await ana.fills({ answer: 'Yes' })
  expect(await excerpt()).toBe('My tap sings\nDoes it leak?: Yes')
  await hunts()
  await allSent(outbox)
  expect(mails()).toHaveLength(1)

  house.clock.pass(60_000)
  await hunts()
  await allSent(outbox)
  expect(mails()).toHaveLength(2)
  expect(mails().at(-1)).toContain('Does it leak?: Yes')

  // The last answer ends its part, and nobody waits for it a minute.
  house.clock.pass(5_000)
  await ana.says('since yesterday')
  house.clock.pass(30_000)
  await due()
  await hunts()
  await allSent(outbox)
  expect(mails()).toHaveLength(3)
  expect(mails().at(-1)).toContain('Since when?: February 28, 2026')
  await outbox.stop()
})

test('B2 an answer narrows the search at once: who does not want such a question is told so, who wants it is asked', async () => {
  const ana = await aVisit()
  const wants = (name: string, condition: object) =>
    house.rows(`update criteria set wants = $1 where person_id = $2`, [
      JSON.stringify(condition),
      house.account.responders.find((one) => one.name === name)?.person,
    ])
  await wants('bo', { none: [{ about: 'answer:leaks', oneOf: ['yes'] }] })
  await ana.says('My pump drips')
  expect(await house.offers(ana.conversation)).toHaveLength(2)
  await ana.fills({ answer: 'Yes' })
  const states = await house.rows<{ state: string }>(
    `select state from offer where conversation_id = $1 order by state`,
    [ana.conversation],
  )
  await wants('bo', {})
  expect(states.map(({ state }) => state)).toEqual(['open', 'withdrawn'])
})

test('B3 once a person has answered, nothing scripted is said: not to an answer, and not when a wait ends', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.fills({ answer: 'Yes' })
  await ana.says('yesterday')
  expect((await house.answer(await offerOf(ana, 'bo'), 'Turn it off.')).outcome).toBe('admitted')
  const before = await ana.lines()
  await ana.says('I did')
  house.clock.pass(3_600_000)
  await due()
  expect(await ana.lines()).toEqual([...before, 'visitor: I did'])
  const [run] = await house.rows('select ended, next_at from concierge_run where conversation_id = $1', [
    ana.conversation,
  ])
  expect(run).toEqual({ ended: 'silenced', next_at: null })
})

test('B1 a form is open in the window as long as its question is, and no longer', async () => {
  const ana = await aVisit()
  const forms = async () => {
    const { account } = house.account
    return house.node.db.read(account, async (reader) => {
      const structure = (await loadStructures(reader, account, [ana.conversation])).get(ana.conversation)
      const interaction = structure?.tickets[0]?.intake
      if (!structure || !interaction) throw new Error('no conversation')
      const spans = readableSpans(structure, ana.person)
      const url = () => ''
      const page = await readMessages(reader, { account, person: ana.person, interaction, spans, cursor: 'end', url })
      return page.messages.flatMap(({ form, text }) => (form ? [`${text} ${form.answered ? 'answered' : 'open'}`] : []))
    })
  }
  await ana.says('My pump drips')
  expect(await forms()).toEqual(['Does it leak? open'])
  await ana.says('what?')
  expect((await forms()).map((form) => form.split(' ').at(-1))).toEqual(['answered', 'open'])
  await house.answer(await offerOf(ana, 'bo'), 'Turn it off.')
  expect((await forms()).map((form) => form.split(' ').at(-1))).toEqual(['answered', 'answered'])
})

test('B3 what is filled into a question of the concierge once a person has answered reaches the person', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  await house.answer(await offerOf(ana, 'bo'), 'Turn it off.')
  await ana.fills({ answer: 'Yes' })
  const [last] = await house.rows<{ kind: string; text: string }>(
    `select i.kind, m.body as text from placement p join message m on m.message_id = p.message_id
     join interaction i on i.interaction_id = p.interaction_id where p.conversation_id = $1 order by p.ordinal desc limit 1`,
    [ana.conversation],
  )
  expect(last).toEqual({ kind: 'exchange', text: 'Yes' })
})

test('B3 who answers gets the story so far, questions and answers', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.fills({ answer: 'Yes' })
  const bo = await offerOf(ana, 'bo')
  await house.answer(bo, 'Turn it off.')
  const spans = await house.rows(
    `select s.from_position, s.to_position, s.basis from span s join interaction i on i.interaction_id = s.interaction_id
     where s.person_id = $1 and s.conversation_id = $2 and i.kind = 'intake'`,
    [bo.person, ana.conversation],
  )
  expect(spans).toEqual([{ from_position: 1, to_position: 5, basis: 'rule' }])
})

test('B1 waits and reminders come once, whichever process looks first, and after a restart too', async () => {
  const [ana, other] = [await aVisit(), house.anotherNode()]
  await ana.says('My pump drips')
  await ana.fills({ answer: 'Yes' })
  house.clock.pass(119_999)
  await Promise.all([due(), due(other)])
  expect((await ana.lines()).at(-1)).toBe('virtual: Since when?')
  house.clock.pass(1)
  await Promise.all([due(), due(other), due(), due(other)])
  expect((await ana.lines()).filter((line) => line.includes('still there'))).toHaveLength(1)

  const restarted = house.anotherNode()
  house.clock.pass(600_000)
  await due(restarted)
  expect((await ana.lines()).at(-1)).toBe('virtual: Somebody will be with you soon.')
})

test('A16 a wish for a person ends its part at once, and the reason is kept', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.says('I want to talk to a human')
  const lines = await ana.lines()
  expect(lines.at(-1)).toBe('visitor: I want to talk to a human')
  const events = await house.rows<{ facts: { because?: { kind: string }; reason?: string } }>(
    `select facts from event where conversation_id = $1 and kind in ('concierge-ended', 'moved') order by kind`,
    [ana.conversation],
  )
  expect(events.map(({ facts }) => facts.because?.kind ?? facts.reason)).toEqual(['wants-person', 'wish'])
  await ana.says('Hello?')
  expect((await ana.lines()).at(-1)).toBe('visitor: Hello?')
  expect((await house.answer(await offerOf(ana, 'bo'), 'Here I am')).outcome).toBe('admitted')
})

test('A16 a keyword hands over to whom the script names, and to nobody else', async () => {
  const cy = house.account.responders.find(({ name }) => name === 'cy')
  await switchOn({
    ...leaks,
    rules: [
      {
        when: [{ test: 'contains', of: 'said', words: ['flood*'] }],
        text: { en: 'At once!' },
        to: { people: [cy?.person ?? '', 'nobody'] },
      },
    ],
  })
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.says('The cellar is flooded')
  expect((await ana.lines()).at(-1)).toBe('virtual: At once!')
  const open = await house.rows<{ person: string }>(
    `select person_id as person from offer where conversation_id = $1 and state = 'open'`,
    [ana.conversation],
  )
  expect(open).toEqual([{ person: cy?.person }])
})

test('B1 an address is taken with consent: a code goes there, and those who are asked never see it', async () => {
  await switchOn(withContact)
  const [ana, ben, eve] = [await aVisit(), await aVisit(), await aVisit()]
  await ana.says('My pump drips')
  await ana.fills({ answer: 'ana@example.org', consent: 'Yes' })
  await ben.says('My pump drips')
  await ben.says('ben@example.org')
  await eve.says('My pump drips')
  await eve.fills({ answer: 'eve@example.org', consent: 'No' })
  const addresses = await house.rows<{ value: string; state: string }>(
    `select value, state from address where value like '%@example.org' order by value`,
  )
  expect(addresses).toEqual([
    { value: 'ana@example.org', state: 'unproven' },
    { value: 'ben@example.org', state: 'unproven' },
  ])
  const codes = await house.rows<{ template: string; code: string; person: string }>(
    `select notice->>'template' as template, notice->'params'->>'code' as code, person_id as person from delivery where person_id = any($1::uuid[])`,
    [[ana.person, ben.person, eve.person]],
  )
  expect(codes.map(({ template }) => template)).toEqual(['code', 'code'])
  for (const visit of [ana, ben, eve]) {
    const seen = [
      ...(await storyOf(house, visit.conversation)).map(({ text }) => text),
      ...(
        await house.rows<{ excerpt: string }>('select excerpt from offer where conversation_id = $1', [
          visit.conversation,
        ])
      ).map(({ excerpt }) => excerpt),
    ]
    expect(seen.join('\n')).not.toContain('example.org')
  }
})

test('B1 the code that went to the address confirms it, written where it was asked for; a wrong one does not', async () => {
  await switchOn(withContact)
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.says('ana@example.org')
  const [sent] = await house.rows<{ code: string }>(
    `select notice->'params'->>'code' as code from delivery where person_id = $1`,
    [ana.person],
  )
  const state = async () =>
    (await house.rows<{ state: string }>('select state from address where person_id = $1', [ana.person]))[0]?.state
  await ana.says(sent?.code === '111111' ? '222222' : '111111')
  expect([await state(), (await ana.lines()).at(-1)]).toEqual([
    'unproven',
    'virtual: That is not the code that I sent. Would you look again?',
  ])
  await ana.says(`${sent?.code.slice(0, 3)} ${sent?.code.slice(3)}`)
  expect([await state(), (await ana.lines()).at(-1)]).toEqual([
    'proven',
    'virtual: Thank you! Answers will reach you there too.',
  ])
})

test('B4 a conversation keeps the version that it began with, and the next one takes the new version', async () => {
  const ana = await aVisit()
  await ana.says('My pump drips')
  const changed: Script = {
    ...leaks,
    steps: {
      ...leaks.steps,
      since: { kind: 'ask', text: { en: 'For how long?' }, answer: { kind: 'date' }, next: 'thanks' },
    },
  }
  const { account } = house.account
  const by = house.account.responders[0]?.person as PersonId
  const save = (basedOn: number) =>
    house.node.db.write(account, (tx) =>
      saveScript(
        tx,
        { account, by, id: script, name: 'Leaks', chosenBy: undefined, script: changed, basedOn },
        house.clock.now(),
      ),
    )
  expect(await save(1)).toEqual({ ok: true, id: script })
  // Somebody who edited the first version does not overwrite the second.
  expect(await save(1)).toEqual({ ok: false, refusal: 'changed-meanwhile' })
  await ana.says('yes')
  expect((await ana.lines()).at(-1)).toBe('virtual: Since when?')
  const ben = await aVisit()
  await ben.says('My pump drips')
  await ben.says('yes')
  expect((await ben.lines()).at(-1)).toBe('virtual: For how long?')
})

test('B4 a version that was saved can be changed by nobody', async () => {
  const { account } = house.account
  const change = house.node.db.write(account, (tx) =>
    tx.updateTable('script_version').set({ script: '{}' }).where('account_id', '=', account).execute(),
  )
  await expect(change).rejects.toThrow(/permission denied/)
})

test('B4 the funnel counts where visitors come to, answer, leave, are handed over, and are answered by a person', async () => {
  const visits = await Promise.all([aVisit(), aVisit(), aVisit(), aVisit(), aVisit()])
  const [left, wished, silenced, done, running] = visits as [Visit, Visit, Visit, Visit, Visit]
  for (const visit of visits) await visit.says('My pump drips')
  await house.rows(`update conversation set state = 'closed' where conversation_id = $1`, [left.conversation])
  await wished.says('agent please')
  await silenced.says('yes')
  await house.answer(await offerOf(silenced, 'bo'), 'Hello')
  await done.says('no')
  await running.says('yes')
  const funnel = await house.node.db.read(house.account.account, (reader) =>
    readFunnel(reader, { account: house.account.account, script, version: 1 }, house.clock.now()),
  )
  expect(funnel?.runs).toBe(5)
  expect(funnel?.ended).toEqual({ running: 1, done: 1, 'handed-over': 1, silenced: 1, left: 1 })
  expect(funnel?.steps.find(({ step }) => step === 'leaks')).toEqual({
    step: 'leaks',
    reached: 5,
    answered: 3,
    left: 1,
    handedOver: 1,
    silenced: 0,
  })
  expect(funnel?.steps.find(({ step }) => step === 'since')).toEqual({
    step: 'since',
    reached: 2,
    answered: 0,
    left: 0,
    handedOver: 0,
    silenced: 1,
  })
  expect(funnel?.steps.find(({ step }) => step === 'thanks')?.reached).toBe(0)
  const lately = (days: number, inDays: number) =>
    house.node.db.read(house.account.account, (reader) => {
      const now = new Date(house.clock.now().getTime() + inDays * 86_400_000)
      return readFunnel(reader, { account: house.account.account, script, version: 1, days }, now)
    })
  expect((await lately(7, 6))?.steps.find(({ step }) => step === 'leaks')?.reached).toBe(5)
  expect(await lately(7, 8)).toMatchObject({ runs: 0, steps: funnel?.steps.map(({ step }) => ({ step, reached: 0 })) })
})

test('C2 a script may name a number to call; what a visitor wrote comes back masked', async () => {
  await switchOn({
    ...leaks,
    start: 'name',
    steps: {
      name: {
        kind: 'ask',
        text: { en: 'Call +49 30 901820 or tell me more.' },
        answer: { kind: 'text' },
        keep: 'more',
        next: 'back',
      },
      back: { kind: 'say', text: { en: 'You said: {more}' }, next: 'end' },
      end: { kind: 'end' },
    },
  })
  const ana = await aVisit()
  await ana.says('My pump drips')
  await ana.says('I am ana@example.org')
  const lines = await ana.lines()
  expect(lines[1]).toBe('virtual: Call +49 30 901820 or tell me more.')
  expect(lines.at(-1)).toMatch(/^virtual: You said: I am /)
  expect(lines.join('\n')).not.toContain('ana@')
})

test('the same words that arrive twice are heard once', async () => {
  const ana = await aVisit()
  const say = house.say(ana.person, { conversation: ana.conversation }, 'My pump drips', { key: aKey('twice') })
  await Promise.all([house.node.road.say(say), house.node.road.say(say)])
  accepted(await house.node.road.say(say))
  expect(await ana.lines()).toHaveLength(3)
})
