import { newId } from '@parley/model'
import { afterEach, describe, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig
afterEach(() => rig.close())

/** Names of tables in which these words can be read. */
async function tablesHolding(words: string): Promise<string[]> {
  const tables = await rig.house.rows<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('parley', 'sign_in') and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await rig.house.rows(`select 1 from ${name} t where to_jsonb(t)::text like $1 limit 1`, [`%${words}%`])
    if (rows.length > 0) found.push(name)
  }
  return found
}

describe.each(['sealed', 'none'] as const)('with encryption %s', (encryption) => {
  test('an erased visitor has said nothing, is nobody, and others keep what they said (C9)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga')
    const exchange = exchanges[0] ?? ''
    await rig.say(visitor, { conversation }, 'the nightingale is mine')
    await rig.say(people.olga, { interaction: exchange }, 'thank you')
    await house.rows(`update person set name = 'Nadia Nightingale' where person_id = $1`, [visitor])
    const before = (await rig.sees(people.olga)).texts[exchange] ?? []
    expect(before).toContain('the nightingale is mine')
    expect(await rig.does(people.sue, 'erase-person', { person: visitor })).toMatchObject({ refusal: 'not-there' })
    expect(await rig.does(people.ada, 'erase-person', { person: newId() })).toMatchObject({ refusal: 'not-there' })
    expect(await rig.does(people.ada, 'erase-person', { person: people.ada })).toMatchObject({ refusal: 'wrong-state' })
    expect(await rig.does(people.ada, 'erase-person', { person: visitor })).toMatchObject({ ok: true })
    const after = (await rig.sees(people.olga)).texts[exchange] ?? []
    expect(after).toEqual(before.map((text) => (['answer of olga', 'thank you'].includes(text) ? text : '')))
    expect((await rig.sees(visitor)).views).toEqual([])
    for (const words of ['nightingale', 'Nightingale', 'the question']) expect(await tablesHolding(words)).toEqual([])
  })

  test('who asked beside somebody else is erased with what they asked, and the other keeps theirs (C9 C4)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    const a = await rig.question('olga')
    const b = await rig.question()
    await rig.say(b.visitor, { conversation: b.conversation }, 'about the nightingale')
    const [into, from] = [{ conversation: a.conversation }, { conversation: b.conversation }]
    expect(await rig.does(people.sue, 'merge', { into, from })).toMatchObject({ ok: true })
    await rig.say(b.visitor, { conversation: a.conversation }, 'the nightingale once more')
    const asked = () =>
      house.rows<{ ticket: string; state: string; excerpt: string }>(
        'select ticket_id as ticket, state, excerpt from offer where person_id = $1 order by offer_id',
        [people.bo],
      )
    const [first, second] = await asked()
    expect(second?.excerpt).not.toBe('')
    await house.rows(`update ticket set name = 'of the first' where ticket_id = $1`, [first?.ticket])
    expect(await rig.does(people.ada, 'erase-person', { person: b.visitor })).toMatchObject({ ok: true })
    expect(await asked()).toMatchObject([{ excerpt: first?.excerpt }, { excerpt: '' }])
    expect(await tablesHolding('nightingale')).toEqual([])
    expect(await tablesHolding('of the first')).toEqual(['parley.ticket'])
    expect((await rig.sees(people.olga)).texts[a.exchanges[0] ?? '']).toContain('answer of olga')
  })

  test('an erased responder is nobody any more, can no longer sign in or be asked, and the visitor keeps their own words (C9)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    const { visitor, conversation, exchanges } = await rig.question('bo')
    const exchange = exchanges[0] ?? ''
    await rig.say(visitor, { conversation }, 'thank you, Bo')
    const [ticket] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
    const handedOn = { ticket: ticket?.id, to: { people: [people.cleo] }, note: 'Ask me about Bo’s list' }
    expect(await rig.does(people.bo, 'transfer', handedOn)).toMatchObject({ ok: true })
    if (encryption === 'none') expect(await tablesHolding('Bo’s list')).not.toEqual([])
    expect(await rig.does(people.ada, 'erase-person', { person: people.bo })).toMatchObject({ ok: true })
    expect(await tablesHolding('Bo’s list')).toEqual([])
    const excerpts = await house.rows<{ excerpt: string }>('select excerpt from offer where person_id = $1', [
      people.cleo,
    ])
    expect(excerpts).toEqual([{ excerpt: '' }])
    expect((await rig.sees(visitor)).texts[exchange]).toEqual(['', 'thank you, Bo'])
    expect(await tablesHolding('bo@people.test')).toEqual([])
    expect(await tablesHolding('alias of bo')).toEqual([])
    expect(await house.rows(`select 1 from delivery where person_id = $1`, [people.bo])).toEqual([])
    expect(await house.rows(`select state from responder where person_id = $1`, [people.bo])).toEqual([
      { state: 'removed' },
    ])
  })

  test('who asks is not left alone when who answers them is erased: the next are found, and whom the erased had asked in is asked no more (A16, C9)', async () => {
    rig = await openOperationRig({ encryption, circle: 'private' })
    const { house, people } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga', 'bo')
    const [withOlga = '', withBo = ''] = exchanges
    const behind = await rig.does(people.olga, 'open-backchannel', { from: withOlga, people: [people.cleo] })
    expect(behind).toMatchObject({ ok: true })
    const states = () =>
      house.rows(
        `select interaction_id as id, state from interaction where conversation_id = $1 and kind = 'exchange'`,
        [conversation],
      )
    const moves = () =>
      house.rows(
        `select person_id as by, facts->>'reason' as reason from event where kind = 'moved' and conversation_id = $1`,
        [conversation],
      )
    const hunt = async () => (await rig.sees(visitor)).views.find(({ id }) => id === conversation)?.hunt
    expect(await rig.does(people.ada, 'erase-person', { person: people.olga })).toMatchObject({ ok: true })
    // Bo goes on.
    expect(await states()).toEqual(
      expect.arrayContaining([
        { id: withOlga, state: 'closed' },
        { id: withBo, state: 'open' },
      ]),
    )
    expect(await moves()).toEqual([])
    expect(await house.rows('select state from place_invitation')).toEqual([{ state: 'withdrawn' }])
    expect(await rig.does(people.ada, 'erase-person', { person: people.bo })).toMatchObject({ ok: true })
    expect(await states()).toEqual(expect.arrayContaining([{ id: withBo, state: 'closed' }]))
    expect(await moves()).toEqual([{ by: people.ada, reason: 'left' }])
    expect(await hunt()).toBe('looking')
    expect((await house.offers(conversation)).map(({ person }) => person)).not.toContain(people.bo)
    const offer = (await house.offers(conversation)).find(({ person }) => person === people.otto)
    if (!offer) throw new Error('otto is not asked')
    await house.answer(offer, 'answer of otto', { desk: true })
    expect(Object.values((await rig.sees(visitor)).texts).flat()).toContain('answer of otto')
  })

  test('who was erased is given nothing, called nothing, and is nobody that somebody else could be (C9)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    const { conversation, exchanges } = await rig.question('olga', 'bo')
    const other = await rig.question('olga')
    const [interaction = ''] = exchanges.slice(1)
    const [place] = await house.rows<{ id: string }>(
      'select participant_id as id from participant where person_id = $1 and interaction_id = $2',
      [people.bo, interaction],
    )
    for (const person of [people.bo, other.visitor]) {
      expect(await rig.does(people.ada, 'erase-person', { person })).toMatchObject({ ok: true })
    }
    const tries = {
      grant: { interaction, person: people.bo, history: 'all' },
      'set-place': { participant: place?.id, alias: 'Bo again' },
      merge: { into: { conversation }, from: { conversation: other.conversation }, samePerson: true },
    }
    const refusals: Record<string, string> = {}
    for (const [name, input] of Object.entries(tries)) {
      const done = await rig.does(people.ada, name, input)
      refusals[name] = done.ok ? 'done' : done.refusal
    }
    expect(refusals).toEqual({ grant: 'no-such-person', 'set-place': 'wrong-state', merge: 'not-together' })
    expect(await house.rows('select 1 from span where person_id = any($1)', [[people.bo, other.visitor]])).toEqual([])
  })

  test('what others called an erased person comes back by no undoing, and stands nowhere (C9, law of undoing)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    await rig.question('bo')
    const [place] = await house.rows<{ id: string }>(
      'select participant_id as id from participant where person_id = $1',
      [people.bo],
    )
    const named = { participant: place?.id }
    await rig.does(people.sue, 'set-place', { ...named, alias: 'Robert' })
    const renamed = await rig.does(people.sue, 'set-place', { ...named, alias: 'Bobby' })
    if (!renamed.ok) throw new Error(renamed.refusal)
    expect(await rig.does(people.ada, 'erase-person', { person: people.bo })).toMatchObject({ ok: true })
    const undone = await rig.does(people.sue, 'undo', { operation: renamed.result.operation })
    expect(undone).toMatchObject({ refusal: 'nothing-to-undo' })
    for (const alias of ['Robert', 'Bobby', 'alias of bo']) expect(await tablesHolding(alias)).toEqual([])
    expect(await house.rows('select alias from participant where person_id = $1', [people.bo])).toEqual([
      { alias: '–' },
    ])
  })
})

test('nothing of somebody who worked here stays wherever it stood, not even what others filed as theirs; what they filed of others does (C9)', async () => {
  rig = await openOperationRig()
  const { house, people } = rig
  const { account, clock } = house
  const { exchanges } = await rig.question('olga', 'otto')
  const [ofOlga = '', ofOtto = ''] = exchanges
  const { otto, olga } = people
  await house.rows(`update person set name = 'Robin Redbreast' where person_id = $1`, [otto])
  await house.rows(`update responder set alias = 'robin the alias' where person_id = $1`, [otto])
  await house.rows(`update participant set alias = 'robin the alias' where person_id = $1`, [otto])
  const said = (text: string, by: object) => ({ text, at: clock.now().toISOString(), by, over: `${text} over` })
  const file = (who: typeof otto, interaction: string, text: string, by: object) =>
    rig.does(who, 'file', { interaction, said: said(text, by) })
  expect(await file(olga, ofOlga, 'robin sang on the phone', { person: otto })).toMatchObject({ ok: true })
  expect(await file(otto, ofOtto, 'a wren sang on the phone', { person: olga })).toMatchObject({ ok: true })
  const apart = { from: ofOtto, name: 'about it', people: [olga], note: 'robin asks you in' }
  expect(await rig.does(otto, 'open-backchannel', apart)).toMatchObject({ ok: true })
  const values = [account.account, otto]
  for (const statement of [
    `insert into held_item (account_id, held_id, person_id, channel, why, claims, said, key, state, created_at, expires_at)
       values ($1, gen_random_uuid(), $2, 'email', 'unknown-sender', 'robin@else.test', '{"said": "robin"}', 'key', 'waiting', now(), now())`,
    `insert into address (account_id, address_id, person_id, medium, value, value_key, target, page, position, state, created_at)
       values ($1, gen_random_uuid(), $2, 'push', 'robin', 'robin', 'https://push.test/robin', '/robin', 1, 'proven', now())`,
    `insert into consent (account_id, consent_id, medium, value_key, kind, words, key, at)
       select account_id, gen_random_uuid(), medium, value_key, 'help', 'robin', 'key', now() from address
       where account_id = $1 and person_id = $2 and medium = 'push'`,
    `insert into outside_person (account_id, program_id, key, person_id, created_at) values ($1, $2, 'robin', $2, now())`,
    `insert into api_key (account_id, api_key_id, person_id, name, key_hash, ends_with, scopes, created_by, created_at)
       values ($1, gen_random_uuid(), $2, 'robin', 'hash', 'in', '{}', $2, now())`,
    `insert into kept_response (account_id, person_id, key_hash, request_hash, body, created_at) values ($1, $2, 'a', 'b', 'robin', now())`,
    `update criteria set wants = '{"robin": true}' where account_id = $1 and person_id = $2`,
    `update delivery set notice = jsonb_build_object('template', 'someone-waits', 'params', jsonb_build_object('name', 'Robin Redbreast'))
       where account_id = $1 and delivery_id = (select delivery_id from delivery where account_id = $1 and person_id <> $2 limit 1)`,
    `with l as (insert into sign_in.login (id, name, email, email_verified, updated_at)
         values ('user-of-robin', 'robin', 'robin@signs.test', true, now()) returning id),
       c as (insert into sign_in.credential (id, account_id, provider_id, user_id, password, updated_at)
         select 'c', 'robin', 'credential', id, 'robin', now() from l),
       s as (insert into sign_in.session (id, expires_at, token, updated_at, ip_address, user_agent, user_id)
         select 's', now(), 'robin', now(), '192.0.2.1', 'robin', id from l),
       g as (insert into sign_in.challenge (id, identifier, value, expires_at) values ('g', 'reset', 'for user-of-robin', now()))
     insert into sign_in.holder (account_id, person_id, user_id, created_at) select $1::uuid, $2::uuid, id, now() from l`,
  ]) {
    await house.rows(statement, /\$2/.test(statement) ? values : [account.account])
  }
  const before = [...(await tablesHolding('robin')), ...(await tablesHolding('Robin'))]
  const held = [
    'held_item',
    'address',
    'consent',
    'outside_person',
    'api_key',
    'kept_response',
    'criteria',
    'delivery',
    'message',
  ]
  const named = [...held, 'place_invitation', 'participant', 'responder', 'person'].map((name) => `parley.${name}`)
  const signIn = ['login', 'credential', 'session', 'challenge', 'holder'].map((name) => `sign_in.${name}`)
  expect(new Set(before)).toEqual(new Set([...named, ...signIn]))

  expect(await rig.does(people.ada, 'erase-person', { person: otto })).toMatchObject({ ok: true })
  for (const words of ['robin', 'Robin', 'otto@people.test', 'answer of otto'])
    expect(await tablesHolding(words)).toEqual([])
  const kept = await house.rows<{ body: string }>(`select body from message where author_id = $1`, [olga])
  expect(kept).toEqual([{ body: 'a wren sang on the phone' }])
  const done = await house.rows<object>(
    'select name, by_role, changes from operation where person_id = $1 order by sequence',
    [otto],
  )
  expect(done).toEqual(['file', 'open-backchannel'].map((name) => ({ name, by_role: 'operator', changes: null })))
})
