import type { InteractionId, PersonId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { accepted } from '../../test-house.fixture.ts'

let rig: OperationRig
afterEach(() => rig.close())

const ticketOf = async (conversation: string): Promise<TicketId> => {
  const [row] = await rig.house.rows<{ id: TicketId }>(
    'select ticket_id as id from ticket where conversation_id = $1 order by ticket_id desc limit 1',
    [conversation],
  )
  return row?.id as TicketId
}
const offersTo = (person: PersonId) =>
  rig.house.rows<{ state: string; excerpt: string }>('select state, excerpt from offer where person_id = $1', [person])
const huntOf = async (ticket: TicketId) =>
  (await rig.house.rows('select hunt, admitted, target, due_at from ticket where ticket_id = $1', [ticket]))[0]
/** What was sent to somebody away from the desk, by template. */
const noticesTo = async (person: PersonId) =>
  (
    await rig.house.rows<{ template: string }>(
      `select notice->>'template' as template from delivery where person_id = $1 and kind = 'notice' order by sequence`,
      [person],
    )
  ).map(({ template }) => template)

describe('where the first to answer has it', () => {
  beforeEach(async () => {
    rig = await openOperationRig({ admission: { kind: 'first' } })
  })

  test('A16 what is noted for the next reaches them also where the time of the ticket is over', async () => {
    const { people } = rig
    const { conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const ends = { what: { ticket }, takesUntil: '2020-01-01T00:00:00Z' }
    expect(await rig.does(people.olga, 'set-fields', ends)).toMatchObject({ ok: true })
    const given = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] }, note: 'call her' })
    expect(given).toMatchObject({ ok: true })
    expect(Object.values((await rig.sees(people.otto)).texts).flat()).toContain('call her')
  })

  test('A16 C5 a colleague at the desk has it at once, with the story; the first reads nothing of what comes', async () => {
    const { people } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    await rig.say(visitor, { conversation }, 'and one more thing')
    const before = await rig.sees(people.olga)
    const ticket = await ticketOf(conversation)
    const given = await rig.does(people.olga, 'transfer', {
      ticket,
      to: { people: [people.otto] },
      note: 'he is angry',
    })
    expect(given).toMatchObject({ ok: true, result: { ticket, undoable: true } })
    await rig.say(visitor, { conversation }, 'are you there?')

    expect((await rig.sees(people.olga)).texts).toMatchObject(before.texts)
    expect(Object.values((await rig.sees(people.olga)).texts).flat()).not.toContain('are you there?')
    const seen = Object.values((await rig.sees(people.otto)).texts).flat()
    expect(seen.toSorted()).toEqual(
      ['the question', 'answer of olga', 'and one more thing', 'he is angry', 'are you there?'].toSorted(),
    )
    // The visitor goes on as before, and reads nothing of the note.
    const theirs = Object.values((await rig.sees(visitor)).texts).flat()
    expect(theirs).not.toContain('he is angry')
    await expect(rig.say(people.olga, { interaction: exchanges[0] ?? '' }, 'late')).rejects.toThrow(
      /not-allowed|not-there/,
    )
  })

  test('C5 with no history by policy the second reads from the transfer on', async () => {
    await rig.close()
    rig = await openOperationRig({ admission: { kind: 'first' }, history: 'none' })
    const { people } = rig
    const { visitor, conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
    await rig.say(visitor, { conversation }, 'since then')
    expect(Object.values((await rig.sees(people.otto)).texts).flat()).toEqual(['since then'])
  })

  test('C5 transferred back, rights begin anew: what was said while it was away is not uncovered', async () => {
    await rig.close()
    rig = await openOperationRig({ admission: { kind: 'first' }, history: 'none' })
    const { people } = rig
    const { visitor, conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
    await rig.say(visitor, { conversation }, 'only for otto')
    expect(await rig.does(people.otto, 'transfer', { ticket, to: { people: [people.olga] } })).toMatchObject({
      ok: true,
    })
    await rig.say(visitor, { conversation }, 'olga again')
    expect(Object.values((await rig.sees(people.olga)).texts).flat()).toEqual(['answer of olga', 'olga again'])
    expect(Object.values((await rig.sees(people.otto)).texts).flat()).toEqual(['only for otto'])
  })

  test('A16 to somebody without the desk it is an offer with the story, and the first stops at once', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const given = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.cleo] }, note: 'be kind' })
    expect(given).toMatchObject({ ok: true, result: { undoable: true } })
    const [offer] = (await house.offers(conversation)).filter(({ person }) => person === people.cleo)
    const [row] = await offersTo(people.cleo)
    expect(row).toMatchObject({ state: 'open' })
    expect(row?.excerpt).toContain('be kind')
    expect(row?.excerpt).toContain('the question')
    expect((await offersTo(people.bo))[0]).toMatchObject({ state: 'withdrawn' })
    await rig.say(visitor, { conversation }, 'anybody?')
    expect(Object.values((await rig.sees(people.olga)).texts).flat()).not.toContain('anybody?')

    if (!offer) throw new Error('cleo was not asked')
    expect(await house.answer(offer, 'here I am')).toMatchObject({ outcome: 'admitted' })
    expect(await noticesTo(people.cleo)).toContain('story-so-far')
    expect(Object.values((await rig.sees(people.cleo)).texts).flat()).toEqual(
      expect.arrayContaining(['the question', 'answer of olga', 'anybody?', 'here I am']),
    )
    expect(Object.values((await rig.sees(visitor)).texts).flat()).toContain('here I am')
  })

  test('A16 of two who answer together both stop, and what they answered in is over', async () => {
    const { house, people } = rig
    const { conversation, exchanges } = await rig.question('olga')
    const [interaction = ''] = exchanges
    expect(await rig.does(people.olga, 'add', { interaction, people: [people.otto] })).toMatchObject({ ok: true })
    const given = await rig.does(people.sue, 'transfer', {
      ticket: await ticketOf(conversation),
      to: { people: [people.bo] },
    })
    expect(given).toMatchObject({ ok: true })
    const state = () => house.rows('select state from interaction where interaction_id = $1', [interaction])
    expect(await state()).toEqual([{ state: 'closed' }])
    if (given.ok) await rig.does(people.sue, 'undo', { operation: given.result.operation })
    expect(await state()).toEqual([{ state: 'open' }])
  })

  test('A16 C5 a reply that was under way from the first is kept for its author, its writer is told, and nobody else reads it', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question()
    const bos = (await house.offers(conversation)).find(({ person }) => person === people.bo)
    if (!bos) throw new Error('bo was not asked')
    expect(await house.answer(bos, 'by mail')).toMatchObject({ outcome: 'admitted' })
    const ticket = await ticketOf(conversation)
    // Sue watches over it and gives it to Otto; Bo's mail was written before he hears of that.
    expect(await rig.does(people.sue, 'transfer', { ticket, to: { people: [people.otto] } })).toMatchObject({
      ok: true,
    })
    expect(await noticesTo(people.bo)).toContain('moved-on')
    expect(await house.answer(bos, 'my late words')).toMatchObject({ outcome: 'not-admitted', because: 'place-lost' })
    expect(await noticesTo(people.bo)).toContain('place-left')
    expect(Object.values((await rig.sees(people.bo)).texts).flat()).toContain('my late words')
    for (const other of [visitor, people.otto]) {
      expect(Object.values((await rig.sees(other)).texts).flat()).not.toContain('my late words')
    }
  })

  test('C5 back to who had it by mail: they are asked anew, and their answer is let in', async () => {
    const { people, house } = rig
    const { conversation } = await rig.question()
    const bos = (await house.offers(conversation)).find(({ person }) => person === people.bo)
    if (!bos) throw new Error('bo was not asked')
    await house.answer(bos, 'by mail')
    const ticket = await ticketOf(conversation)
    await rig.does(people.sue, 'transfer', { ticket, to: { people: [people.otto] } })
    expect(await rig.does(people.otto, 'transfer', { ticket, to: { people: [people.bo] } })).toMatchObject({ ok: true })
    expect((await offersTo(people.bo))[0]).toMatchObject({ state: 'open' })
    expect(await house.answer(bos, 'again')).toMatchObject({ outcome: 'admitted' })
  })

  test('A16 whom somebody named stays asked, with what was noted for them, whatever the visitor says next', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question('olga')
    await house.rows(
      `insert into criteria (account_id, person_id, wants, updated_at) values ($1, $2, '{"none": [{"about": "words", "oneOf": ["refund"]}]}', now())
       on conflict (account_id, person_id) do update set wants = excluded.wants`,
      [house.account.account, people.cleo],
    )
    const ticket = await ticketOf(conversation)
    await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.cleo] }, note: 'they are in a hurry' })
    await rig.say(visitor, { conversation }, 'I want a refund')
    const told = expect.stringMatching(/they are in a hurry.*the question.*refund/s)
    expect(await offersTo(people.cleo)).toMatchObject([{ state: 'open', excerpt: told }])
  })

  test('A16 to a team its members are asked, whatever else they wish; to anyone, whoever wants it', async () => {
    const { people, house } = rig
    const team = newId()
    await house.rows(
      `insert into team (account_id, team_id, kind, names, position, created_at) values ($1, $2, 'team', '{"en":"Billing"}', 0, now())`,
      [house.account.account, team],
    )
    const { conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const toTeam = { ticket, to: { team } }
    expect(await rig.does(people.olga, 'transfer', toTeam)).toEqual({ ok: false, refusal: 'no-such-person' })
    await house.rows('insert into team_member (account_id, team_id, person_id) values ($1, $2, $3)', [
      house.account.account,
      team,
      people.cleo,
    ])
    expect(await rig.does(people.olga, 'transfer', toTeam)).toMatchObject({ ok: true })
    const open = async () =>
      (await house.rows<{ id: PersonId }>(`select person_id as id from offer where state = 'open'`)).map(({ id }) => id)
    expect(await open()).toEqual([people.cleo])
    expect(await rig.does(people.sue, 'transfer', { ticket, to: { anyone: true } })).toMatchObject({ ok: true })
    expect((await open()).toSorted()).toEqual([people.bo, people.cleo, people.otto, people.sue, people.ada].toSorted())
  })

  test.each<
    [
      string,
      (given: { ticket: TicketId; visitor: PersonId }) => [PersonId, unknown] | Promise<[PersonId, unknown]>,
      string,
    ]
  >([
    ['to oneself', () => [rig.people.olga, { people: [rig.people.olga] }], 'wrong-state'],
    ['to who asks', ({ visitor }) => [rig.people.olga, { people: [visitor] }], 'no-such-person'],
    ['to nobody of the account', () => [rig.people.olga, { people: [newId()] }], 'no-such-person'],
    ['to a team that is none', () => [rig.people.olga, { team: newId() }], 'no-such-person'],
    ['to a person as if they were a program', () => [rig.people.olga, { program: rig.people.otto }], 'no-such-person'],
    ['by somebody who has no part in it', () => [rig.people.otto, { people: [rig.people.cleo] }], 'not-there'],
    ['by the visitor', ({ visitor }) => [visitor, { anyone: true }], 'not-allowed'],
    [
      'to somebody who has paused',
      async () => {
        await rig.house.rows(`update responder set state = 'paused' where person_id = $1`, [rig.people.otto])
        return [rig.people.olga, { people: [rig.people.otto] }]
      },
      'wrong-state',
    ],
    [
      'to somebody who has left',
      async () => {
        await rig.house.rows(`update responder set state = 'left' where person_id = $1`, [rig.people.otto])
        return [rig.people.olga, { people: [rig.people.otto] }]
      },
      'no-such-person',
    ],
    [
      'of a ticket that is closed',
      async ({ ticket }) => {
        await rig.does(rig.people.olga, 'close', { what: { ticket } })
        return [rig.people.olga, { people: [rig.people.otto] }]
      },
      'wrong-state',
    ],
  ])('a transfer %s is refused and changes nothing', async (_, arrange, refusal) => {
    const { visitor, conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const [by, to] = await arrange({ ticket, visitor })
    const before = await rig.sees(rig.people.olga)
    expect(await rig.does(by, 'transfer', { ticket, to })).toEqual({ ok: false, refusal })
    expect(await rig.sees(rig.people.olga)).toEqual(before)
  })

  test('of two transfers at once one is done, and the other learns that it is no longer theirs to give', async () => {
    const { people } = rig
    const { conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const both = await Promise.all(
      [people.otto, people.sue].map((to) => rig.does(people.olga, 'transfer', { ticket, to: { people: [to] } })),
    )
    expect(both.map((done) => (done.ok ? 'done' : done.refusal)).toSorted()).toEqual(['done', 'not-allowed'])
    const here = await rig.house.rows(
      `select 1 from participant p join interaction i on i.interaction_id = p.interaction_id and i.kind = 'exchange'
        where p.conversation_id = $1 and p.role = 'responder' and p.left_at is null`,
      [conversation],
    )
    expect(here).toHaveLength(1)
  })

  test('A16 a visitor away from a window is told once that somebody is looked for', async () => {
    const { people, house } = rig
    const { visitor, conversation } = await rig.question('olga')
    const [{ address } = { address: '' }] = await house.rows<{ address: string }>(
      `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
       values ($1, gen_random_uuid(), $2, 'email', 'v@there.test', 'v@there.test', 0, 'proven', now()) returning address_id as address`,
      [house.account.account, visitor],
    )
    accepted(
      await house.node.road.say(house.say(visitor, { conversation }, 'by mail now', { address: address as never })),
    )
    const ticket = await ticketOf(conversation)
    await rig.does(people.olga, 'transfer', { ticket, to: { anyone: true } })
    expect(await noticesTo(visitor)).toEqual(['transfer-looking'])
  })

  test('C4 C5 undone, it is back with the first from here on, and the second has it no more', async () => {
    const { people } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const given = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
    if (!given.ok) throw new Error('not given')
    await rig.say(visitor, { conversation }, 'for otto')
    expect(await rig.does(people.olga, 'undo', { operation: given.result.operation })).toMatchObject({ ok: true })
    await rig.say(visitor, { conversation }, 'for olga')
    const [exchange = '' as InteractionId] = exchanges
    expect((await rig.sees(people.olga)).texts[exchange]).toEqual(['answer of olga', 'for olga'])
    expect(Object.values((await rig.sees(people.otto)).texts).flat()).not.toContain('for olga')
  })
  test('A16 C4 undone before anybody has answered, the first has it again, who was asked is told, and their reply is kept', async () => {
    const { people, house } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const [exchange = '' as InteractionId] = exchanges
    const ticket = await ticketOf(conversation)
    const given = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.cleo] } })
    const [offer] = (await house.offers(conversation)).filter(({ person }) => person === people.cleo)
    if (!given.ok || !offer) throw new Error('nobody was asked')
    await rig.say(visitor, { conversation }, 'anybody?')
    expect(await rig.does(people.olga, 'undo', { operation: given.result.operation })).toMatchObject({ ok: true })
    expect((await offersTo(people.cleo))[0]).toMatchObject({ state: 'withdrawn' })
    expect(await huntOf(ticket)).toEqual({ hunt: 'found', admitted: 1, target: null, due_at: null })
    expect(await house.answer(offer, 'too late')).toMatchObject({ outcome: 'not-admitted' })
    await rig.say(visitor, { conversation }, 'for olga')
    expect((await rig.sees(people.olga)).texts[exchange]).toEqual(['answer of olga', 'for olga'])
    await rig.say(people.olga, { interaction: exchange }, 'here again')
    expect(Object.values((await rig.sees(visitor)).texts).flat()).toContain('here again')
    expect(Object.values((await rig.sees(visitor)).texts).flat()).not.toContain('too late')
  })

  test('A16 C4 undone after somebody has taken it over, theirs ends and the first has it again', async () => {
    const { people, house } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const given = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.cleo] } })
    const [offer] = (await house.offers(conversation)).filter(({ person }) => person === people.cleo)
    if (!given.ok || !offer) throw new Error('nobody was asked')
    expect(await house.answer(offer, 'mine now')).toMatchObject({ outcome: 'admitted' })
    expect(await rig.does(people.sue, 'undo', { operation: given.result.operation })).toMatchObject({ ok: true })
    await rig.say(visitor, { conversation }, 'for olga')
    expect(Object.values((await rig.sees(people.cleo)).texts).flat()).not.toContain('for olga')
    expect((await rig.sees(people.olga)).texts[exchanges[0] ?? '']).toEqual(['answer of olga', 'for olga'])
    expect(await huntOf(ticket)).toMatchObject({ hunt: 'found', admitted: 1 })
    expect(await noticesTo(people.cleo)).toContain('moved-on')
  })

  test('C4 a transfer is undone after the next one of its ticket, which stands', async () => {
    const { people } = rig
    const { visitor, conversation } = await rig.question('olga')
    const ticket = await ticketOf(conversation)
    const asked = await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.cleo] } })
    const given = await rig.does(people.sue, 'transfer', { ticket, to: { people: [people.otto] } })
    if (!asked.ok || !given.ok) throw new Error('not given')
    const undo = (operation: string) => rig.does(people.sue, 'undo', { operation })
    expect(await undo(asked.result.operation)).toEqual({ ok: false, refusal: 'built-on' })
    await rig.say(visitor, { conversation }, 'for otto')
    expect(Object.values((await rig.sees(people.otto)).texts).flat()).toContain('for otto')
    expect(await undo(given.result.operation)).toMatchObject({ ok: true })
    expect(await undo(asked.result.operation)).toMatchObject({ ok: true })
    await rig.say(visitor, { conversation }, 'for olga')
    expect(Object.values((await rig.sees(people.olga)).texts).flat()).toContain('for olga')
  })

  test.each(['leave', 'remove'] as const)(
    'A16 C3 where the last who answers goes (%s), the next are found, with the story and the reason; undone, it is as before',
    async (how) => {
      const { people, house } = rig
      const { visitor, conversation, exchanges } = await rig.question('olga')
      const [exchange = '' as InteractionId] = exchanges
      const ticket = await ticketOf(conversation)
      const place = (await rig.sees(people.olga)).views[0]?.interactions
        .find(({ id }) => id === exchange)
        ?.participants.find(({ you }) => you)
      const gone =
        how === 'leave'
          ? await rig.does(people.olga, 'leave', { interaction: exchange })
          : await rig.does(people.sue, 'remove', { participant: place?.id })
      if (!gone.ok) throw new Error(gone.refusal)
      expect(await huntOf(ticket)).toMatchObject({ hunt: 'looking', admitted: 0 })
      const seen = (await rig.sees(visitor)).views[0]
      expect(seen?.hunt).toBe('looking')
      const olgas = seen?.interactions.find(({ id }) => id === exchange)?.participants.find(({ you }) => !you)
      expect(olgas).toMatchObject({ state: 'left', leftBecause: expect.stringMatching(/\w/) })
      const [asked] = (await house.offers(conversation)).filter(({ person }) => person === people.otto)
      if (how === 'remove' && asked) {
        expect(await house.answer(asked, 'here I am', { desk: true })).toMatchObject({ outcome: 'admitted' })
        expect(Object.values((await rig.sees(people.otto)).texts).flat()).toContain('answer of olga')
      }
      expect(await rig.does(people.sue, 'undo', { operation: gone.result.operation })).toMatchObject({ ok: true })
      expect(await huntOf(ticket)).toMatchObject({ hunt: 'found', admitted: how === 'remove' ? 2 : 1 })
      await rig.say(visitor, { conversation }, 'again')
      expect((await rig.sees(people.olga)).texts[exchange]).toEqual(['answer of olga', 'again'])
    },
  )

  test('A16 C3 where others answer, somebody who leaves is not replaced', async () => {
    await rig.close()
    rig = await openOperationRig({ admission: { kind: 'first-n', slots: 2 } })
    const { people } = rig
    const { conversation, exchanges } = await rig.question('olga', 'otto')
    const ticket = await ticketOf(conversation)
    expect(await rig.does(people.olga, 'leave', { interaction: exchanges[0] })).toMatchObject({ ok: true })
    expect(await huntOf(ticket)).toMatchObject({ hunt: 'found', admitted: 1 })
    expect(await rig.does(people.otto, 'leave', { interaction: exchanges[1] })).toMatchObject({ ok: true })
    expect(await huntOf(ticket)).toMatchObject({ hunt: 'looking', admitted: 0 })
  })
})
