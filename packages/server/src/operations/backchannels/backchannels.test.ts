import { type ConversationId, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faceAndColour } from '../../hunting/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { loadStructures } from '../../road/index.ts'
import type { Performed } from '../index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

function result(done: Performed) {
  if (!done.ok) throw new Error(`refused: ${done.refusal} ${done.detail ?? ''}`)
  return done.result
}

/** The visitor in an exchange with Olga, who opens a backchannel and asks some people into it. */
async function backchannel(input: object = {}) {
  const { people } = rig
  const asked = await rig.question('olga')
  const [exchange = ''] = asked.exchanges
  const opened = result(await rig.does(people.olga, 'open-backchannel', { from: exchange, ...input }))
  return { ...asked, exchange, interaction: opened.interaction ?? '', invitations: opened.invitations ?? [] }
}

/** How somebody would be called and coloured who came before the visitor now. */
const looks = (conversation: ConversationId, person: PersonId) =>
  rig.house.node.db.write(rig.house.account.account, async (tx) => {
    const structure = (await loadStructures(tx, rig.house.account.account, [conversation])).get(conversation)
    if (!structure) throw new Error('a conversation was lost')
    return faceAndColour(tx, structure, person)
  })

const accept = (person: PersonId, invitation: string | undefined) =>
  rig.does(person, 'answer-invitation', { invitation, accept: true })

test('who is invited sees nothing of it before they accept, and then what is said from there on; the visitor never anything (C3)', async () => {
  const { people } = rig
  const before = await backchannel({ people: [people.otto], note: 'Can you help with this?' })
  const { interaction, visitor, exchange } = before
  await rig.say(people.olga, { interaction }, 'before Otto')
  const seen = await rig.sees(visitor)
  expect((await rig.sees(people.otto)).views).toEqual([])
  result(await accept(people.otto, before.invitations[0]))
  await rig.say(people.olga, { interaction }, 'with Otto')
  await rig.say(people.otto, { interaction }, 'yes')
  expect((await rig.sees(people.otto)).texts).toEqual({ [interaction]: ['with Otto', 'yes'] })
  expect((await rig.sees(people.olga)).texts[interaction]).toEqual(['before Otto', 'with Otto', 'yes'])
  expect(await rig.sees(visitor)).toEqual(seen)
  expect(Object.keys(seen.texts)).toContain(exchange)
})

test('what its inviter gives of the exchange comes with accepting it, and no more than they read themselves (C3, C2)', async () => {
  const { people } = rig
  const { exchange, invitations } = await backchannel({ people: [people.otto, people.cleo], history: 'all' })
  result(await accept(people.otto, invitations[0]))
  expect((await rig.sees(people.otto)).texts[exchange]).toEqual((await rig.sees(people.olga)).texts[exchange])
  await rig.say(people.olga, { interaction: exchange }, 'said later')
  expect((await rig.sees(people.otto)).texts[exchange]).not.toContain('said later')
})

test('declined, withdrawn or expired it changes nothing, and cannot be accepted any more; nor twice, nor by somebody else (C3)', async () => {
  const { people, house } = rig
  const { interaction, invitations } = await backchannel({ people: [people.otto, people.cleo, people.bo, people.sue] })
  const [toOtto, toCleo, toBo, toSue] = invitations
  expect(await rig.does(people.otto, 'answer-invitation', { invitation: toCleo, accept: true })).toMatchObject({
    refusal: 'not-there',
  })
  result(await rig.does(people.cleo, 'answer-invitation', { invitation: toCleo, accept: false }))
  expect(await accept(people.cleo, toCleo)).toMatchObject({ refusal: 'wrong-state' })
  result(await rig.does(people.olga, 'withdraw-invitation', { invitation: toBo }))
  expect(await accept(people.bo, toBo)).toMatchObject({ refusal: 'wrong-state' })
  result(await accept(people.otto, toOtto))
  expect(await accept(people.otto, toOtto)).toMatchObject({ refusal: 'wrong-state' })
  house.clock.pass(15 * 86_400_000)
  expect(await accept(people.sue, toSue)).toMatchObject({ refusal: 'wrong-state' })
  const inside = await house.rows('select 1 from participant where interaction_id = $1', [interaction])
  expect(inside).toHaveLength(2)
})

test('an invitation into what has ended since is refused for what it is (C3)', async () => {
  const { people } = rig
  const { interaction, invitations } = await backchannel({ people: [people.otto] })
  result(await rig.does(people.olga, 'close', { what: { interaction } }))
  expect(await accept(people.otto, invitations[0])).toMatchObject({ refusal: 'interaction-closed' })
})

test('an invitation into a ticket that has ended since is refused, and accepted once it goes on (C3)', async () => {
  const { people } = rig
  const { invitations } = await backchannel({ people: [people.otto] })
  const ticket = (await rig.sees(people.olga)).views[0]?.tickets?.[0]?.id
  result(await rig.does(people.olga, 'close', { what: { ticket } }))
  expect(await accept(people.otto, invitations[0])).toMatchObject({ refusal: 'interaction-closed' })
  result(await rig.does(people.olga, 'reopen', { what: { ticket } }))
  result(await accept(people.otto, invitations[0]))
})

test('people are found by team and by what they want to be asked about; who asks is never among them (C3)', async () => {
  const { people, house } = rig
  const [team] = await house.rows<{ id: string }>(
    `insert into team (account_id, team_id, kind, names, position, created_at)
     values ($1, $2, 'team', '{"en":"Garden"}', 0, now()) returning team_id as id`,
    [house.account.account, newId()],
  )
  for (const person of [people.otto, people.cleo, people.olga]) {
    await house.rows('insert into team_member (account_id, team_id, person_id) values ($1, $2, $3)', [
      house.account.account,
      team?.id,
      person,
    ])
  }
  const { interaction, invitations } = await backchannel({ teams: [team?.id] })
  expect(invitations).toHaveLength(2)
  const [category] = await house.rows<{ id: string }>(
    `insert into category (account_id, category_id, names, position) values ($1, $2, '{"en":"Roses"}', 0)
     returning category_id as id`,
    [house.account.account, newId()],
  )
  for (const name of ['bo', 'cleo', 'olga', 'otto', 'sue', 'ada'] as const) {
    await house.node.db.write(house.account.account, (tx) =>
      tx
        .insertInto('criteria')
        .values({
          account_id: house.account.account,
          person_id: people[name],
          wants: JSON.stringify({ all: [{ about: 'words', oneOf: [name === 'sue' ? 'roses' : 'tulips'] }] }),
          updated_at: house.clock.now(),
        })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'person_id']).doUpdateSet((eb) => ({ wants: eb.ref('excluded.wants') })),
        )
        .execute(),
    )
  }
  const more = result(await rig.does(people.olga, 'invite', { interaction, category: category?.id }))
  const found = await house.rows<{ person: string }>(
    'select person_id as person from place_invitation where invitation_id = any($1::uuid[])',
    [more.invitations],
  )
  expect(found).toEqual([{ person: people.sue }])
  expect(await rig.does(people.olga, 'invite', { interaction, category: newId() })).toMatchObject({
    refusal: 'unknown-choice',
  })
  expect(await rig.does(people.olga, 'invite', { interaction, teams: [newId()] })).toMatchObject({
    refusal: 'no-such-person',
  })
})

test('the category of a backchannel is its parent’s to begin with (C1, C3)', async () => {
  const { people, house } = rig
  const { exchanges } = await rig.question('olga')
  await house.rows(`update ticket set category = 'c-1'`)
  const opened = result(await rig.does(people.olga, 'open-backchannel', { from: exchanges[0] }))
  const [row] = await house.rows<{ category: string }>('select category from interaction where interaction_id = $1', [
    opened.interaction,
  ])
  expect(row?.category).toBe('c-1')
})

test('each thing that a visitor tries behind their own back is refused; whoever has no part in it gets the answer for what never was (C3)', async () => {
  const { people } = rig
  const { visitor, exchange, interaction, invitations } = await backchannel({ people: [people.otto] })
  const tries = (at: string) =>
    [
      ['open-backchannel', { from: at }],
      ['invite', { interaction: at, people: [people.cleo] }],
      ['add', { interaction: at, people: [people.cleo] }],
      ['whisper', { interaction: at, text: 'psst' }],
      ['observe', { interaction: at }],
      ['leave', { interaction: at }],
    ] as const
  for (const [name, input] of tries(exchange)) {
    expect([name, await rig.does(visitor, name, input)]).toEqual([name, { ok: false, refusal: 'not-allowed' }])
  }
  for (const person of [visitor, people.cleo]) {
    for (const [name, input] of tries(interaction)) {
      const hidden = await rig.does(person, name, input)
      const nothing = await rig.does(person, name, JSON.parse(JSON.stringify(input).replace(interaction, newId())))
      expect([name, hidden]).toEqual([name, { ok: false, refusal: 'not-there' }])
      expect(nothing).toEqual(hidden)
    }
    for (const name of ['withdraw-invitation', 'answer-invitation']) {
      const more = name === 'answer-invitation' ? { accept: true } : {}
      const hidden = await rig.does(person, name, { invitation: invitations[0], ...more })
      expect(hidden).toEqual({ ok: false, refusal: 'not-there' })
      expect(await rig.does(person, name, { invitation: newId(), ...more })).toEqual(hidden)
    }
  }
  for (const name of ['invite', 'add'])
    for (const person of [visitor, newId()])
      expect(await rig.does(people.olga, name, { interaction, people: [person] })).toEqual({
        ok: false,
        refusal: 'no-such-person',
      })
})

test('who is removed reads what they read before and nothing after; whom they had asked in is asked no more (C3)', async () => {
  const { people, house } = rig
  const { interaction } = await backchannel()
  const added = result(await rig.does(people.olga, 'add', { interaction, people: [people.otto] }))
  await rig.say(people.olga, { interaction }, 'while he was there')
  const asked = result(await rig.does(people.otto, 'invite', { interaction, people: [people.cleo] }))
  expect(await rig.does(people.cleo, 'remove', { participant: added.participants?.[0] })).toMatchObject({
    refusal: 'not-there',
  })
  result(await rig.does(people.olga, 'remove', { participant: added.participants?.[0] }))
  await rig.say(people.olga, { interaction }, 'after he went')
  expect((await rig.sees(people.otto)).texts[interaction]).toEqual(['while he was there'])
  await expect(rig.say(people.otto, { interaction }, 'may I?')).rejects.toThrow()
  expect(await accept(people.cleo, asked.invitations?.[0])).toMatchObject({ refusal: 'wrong-state' })
  const left = await house.rows('select 1 from participant where left_at is not null and interaction_id = $1', [
    interaction,
  ])
  expect(left).toHaveLength(1)
})

test('a coach whispers to who answers and gets an answer; the visitor and the exchange are as they were (E6)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const seen = await rig.sees(visitor)
  const whispered = result(await rig.does(people.sue, 'whisper', { interaction: exchange, text: 'Offer the refund.' }))
  const interaction = whispered.interaction ?? ''
  await rig.say(people.olga, { interaction }, 'Will do.')
  const again = result(await rig.does(people.sue, 'whisper', { interaction: exchange, text: 'Thanks.' }))
  expect(again.interaction).toBe(interaction)
  for (const person of [people.sue, people.olga]) {
    expect((await rig.sees(person)).texts[interaction]).toEqual(['Offer the refund.', 'Will do.', 'Thanks.'])
  }
  expect(await rig.sees(visitor)).toEqual(seen)
  expect((await rig.sees(people.olga)).texts[exchange]).not.toContain('Offer the refund.')
})

test('a whisper without words, with foreign files, or where nobody answers is refused and leaves nothing behind (E6)', async () => {
  const { people, house } = rig
  const { exchanges, intake } = await rig.question('olga')
  const [interaction] = exchanges
  const tries = [
    [{ interaction, text: '  ' }, 'text-empty'],
    [{ interaction, text: 'x'.repeat(16_001) }, 'text-too-long'],
    [{ interaction, text: 'look', attachments: [newId()] }, 'attachment-not-there'],
    [{ interaction: intake, text: 'anybody?' }, 'no-such-person'],
  ] as const
  for (const [input, refusal] of tries) {
    expect(await rig.does(people.sue, 'whisper', input)).toMatchObject({ ok: false, refusal })
  }
  expect(await house.rows(`select 1 from interaction where kind = 'backchannel'`)).toEqual([])
})

test('the same whisper sent twice is heard once (E6)', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  const id = newId<never>()
  const input = { interaction: exchanges[0], text: 'once' }
  const first = result(await rig.does(people.sue, 'whisper', input, id))
  expect(result(await rig.does(people.sue, 'whisper', input, id))).toEqual(first)
  expect((await rig.sees(people.olga)).texts[first.interaction ?? '']).toEqual(['once'])
})

test('a coach watches from the beginning, writes nothing there, and goes again (E6)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  result(await rig.does(people.sue, 'observe', { interaction: exchange, history: 'all' }))
  await rig.say(visitor, { interaction: exchange }, 'more')
  expect((await rig.sees(people.sue)).texts[exchange]).toEqual(['answer of olga', 'more'])
  await expect(rig.say(people.sue, { interaction: exchange }, 'hello')).rejects.toThrow('not-allowed')
  expect(await rig.does(people.sue, 'observe', { interaction: exchange })).toMatchObject({ refusal: 'wrong-state' })
  result(await rig.does(people.sue, 'leave', { interaction: exchange }))
  await rig.say(visitor, { interaction: exchange }, 'even more')
  expect((await rig.sees(people.sue)).texts[exchange]).toEqual(['answer of olga', 'more'])
  expect(await rig.does(people.olga, 'observe', { interaction: exchange })).toMatchObject({ refusal: 'not-allowed' })
})

test('a coach who is added or invited comes in like anybody else: who cannot see that they watch learns nothing of it (E6, law 8)', async () => {
  const { people } = rig
  const { visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  for (const coach of [people.sue, people.ada]) result(await rig.does(coach, 'observe', { interaction: exchange }))
  result(await rig.does(people.olga, 'add', { interaction: exchange, people: [people.sue] }))
  const asked = result(await rig.does(people.olga, 'invite', { interaction: exchange, people: [people.ada] }))
  const [invitation] = asked.invitations ?? []
  result(await rig.does(people.ada, 'answer-invitation', { invitation, accept: true }))
  await rig.say(people.sue, { interaction: exchange }, 'may I?')
  await rig.say(people.ada, { interaction: exchange }, 'me too')
  expect((await rig.sees(visitor)).texts[exchange]).toEqual(['answer of olga', 'may I?', 'me too'])
  expect(await rig.does(people.olga, 'add', { interaction: exchange, people: [people.sue] })).toMatchObject({
    refusal: 'wrong-state',
  })
})

test('who comes before the visitor is called and coloured as if nobody were behind their back (law 8)', async () => {
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const { people } = rig
  const [exchange = ''] = exchanges
  const [before, bo] = [await looks(conversation, people.otto), await looks(conversation, people.bo)]
  const opened = result(await rig.does(people.olga, 'open-backchannel', { from: exchange }))
  result(await rig.does(people.olga, 'add', { interaction: opened.interaction, people: [people.cleo, people.bo] }))
  // Those behind are called and coloured just so.
  await rig.house.rows('update participant set alias = $1, colour = $2 where interaction_id = $3 and person_id = $4', [
    ...[before.alias, before.colour, opened.interaction, people.cleo],
  ])
  await rig.house.rows('update conversation set structure = structure + 1')
  expect(await looks(conversation, people.otto)).toEqual(before)
  expect(await looks(conversation, people.bo)).toEqual(bo)
  result(await rig.does(people.olga, 'add', { interaction: exchange, people: [people.otto] }))
  const [view] = (await rig.sees(visitor)).views
  const inside = view?.interactions.find(({ id }) => id === exchange)?.participants
  expect(inside?.map(({ alias, colour }) => ({ alias, colour }))).toContainEqual(before)
})

test('who answers alone with the visitor cannot tell by their colour whether others do (law 8)', async () => {
  const alone = new Set<number>()
  for (let n = 0; n < 12; n++) {
    const { conversation } = await rig.question()
    alone.add((await looks(conversation, rig.people.olga)).colour)
  }
  expect(alone.size).toBeGreaterThan(1)
})

test('a visitor who writes the address of somebody behind their back learns nothing by it; an operator who writes it is masked (law 8, law 6)', async () => {
  const { people } = rig
  const { visitor, exchange, interaction } = await backchannel()
  result(await rig.does(people.olga, 'add', { interaction, people: [people.cleo] }))
  const said = async (person: PersonId) => (await rig.sees(person)).texts[exchange]?.at(-1)
  await rig.house.rows(
    `update site set policy = jsonb_set(policy, '{screening}', '{"visitor":"pass","responder":"pass"}')`,
  )
  await rig.house.rows('update conversation set structure = structure + 1')
  await rig.say(visitor, { interaction: exchange }, 'Is it cleo@people.test?')
  expect(await said(visitor)).toBe('Is it cleo@people.test?')
  await rig.say(people.olga, { interaction: exchange }, 'It is cleo@people.test.')
  expect(await said(visitor)).toBe('It is •••.')
  await rig.say(visitor, { interaction: exchange }, 'Or olga@people.test?')
  expect(await said(people.olga)).toBe('Or •••?')
})

test('C3 C5 a face that somebody puts on behind the asker’s back tells the asker nothing, not even that nobody is looked for any more', async () => {
  const { olga, sue } = rig.people
  const { visitor, exchanges } = await rig.question('olga')
  const opened = await rig.does(olga, 'open-backchannel', { from: exchanges[0], people: [] })
  const behind = opened.ok ? (opened.result.interaction ?? '') : ''
  const views = async () => JSON.stringify((await rig.sees(visitor)).views)
  const before = await views()
  expect(before).toContain('"hunt":"looking"')
  const [place] = await rig.house.rows<{ id: string }>(
    'select participant_id as id from participant where interaction_id = $1',
    [behind],
  )
  expect(await rig.does(sue, 'set-place', { participant: place?.id, face: 'A heron' })).toMatchObject({ ok: true })
  expect(await views()).toBe(before)
})
