import { waitFor } from '@parley/dev-env'
import {
  type ConversationId,
  type InteractionId,
  newId,
  type ParticipantId,
  type PersonId,
  type SpanId,
} from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { listProgramEvents, readConversation } from '../../programs/index.ts'
import { ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'
import { showFields } from '../index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ face: { name: { en: 'Support', de: 'Kundendienst' } } })
})
afterEach(() => rig.close())

type Name = 'olga' | 'otto' | 'cleo'

/** A question that is answered three times: by those named, who come one after the other; whoever is not the last has left before the next. */
async function asked(...by: [Name, Name, Name]) {
  const { house, people } = rig
  const { person: visitor, conversation } = await house.visitor()
  await rig.say(visitor, { conversation }, 'the question')
  let interaction = '' as InteractionId
  let before: Name | null = null
  for (const [at, name] of by.entries()) {
    if (name === before) await rig.say(people[name], { interaction }, `answer ${at}`)
    else {
      const offer = (await house.offers(conversation)).find(({ person }) => person === people[name])
      if (!offer) throw new Error(`${name} was not asked`)
      const answered = await house.answer(offer, `answer ${at}`, { desk: true })
      if (answered.outcome !== 'admitted') throw new Error(`${name} was not admitted`)
      interaction = answered.interaction
      if (before) await rig.does(people[before], 'leave', { interaction })
    }
    before = name
  }
  await rig.say(visitor, { conversation }, 'thank you')
  return { visitor, conversation, interaction }
}

/** Everything that somebody can get over the web, and a program in their place. */
async function everything(person: PersonId, conversation: ConversationId): Promise<string> {
  const { node, account } = rig.house
  const { views } = await rig.sees(person)
  const pages = await Promise.all(
    views.flatMap(({ interactions }) => interactions.map(({ id }) => rig.messages(person, id))),
  )
  const wanted = { account: account.account, language: 'en', conversation, actor: { person, as: null } }
  const program = await node.db.read(account.account, (db) => readConversation(db, wanted))
  return JSON.stringify({ views, pages, program: program?.view }, null, 1)
}

/** Ids by the order in which they first stand there. */
function normalised(text: string): string {
  const ids = new Map<string, number>()
  return (
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
        if (!ids.has(id)) ids.set(id, ids.size)
        return `id ${ids.get(id)}`
      })
      .replaceAll(/"numbering": "[^"]*"/g, '"numbering": "…"')
      // Drawn for each conversation.
      .replaceAll(/"colour": \d/g, '"colour": …')
  )
}

test('behind one face three who take turns are to the visitor what one is, byte for byte, over the web and for programs (C5)', async () => {
  const one = await asked('olga', 'olga', 'olga')
  const several = await asked('olga', 'otto', 'cleo')
  const [byOne, bySeveral] = [
    normalised(await everything(one.visitor, one.conversation)),
    normalised(await everything(several.visitor, several.conversation)),
  ]
  expect(bySeveral).toBe(byOne)
  expect(byOne).toContain('"alias": "Support"')
  expect(byOne).toContain('answer 2')
  expect(byOne).not.toContain('alias of')
})

test('behind it they see each other by their own names, and that they are several (C5)', async () => {
  const { people } = rig
  const { interaction } = await asked('olga', 'otto', 'cleo')
  const [view] = (await rig.sees(people.cleo)).views
  const inside = view?.interactions.find(({ id }) => id === interaction)
  expect(inside?.participants.filter(({ role }) => role === 'responder').map(({ alias }) => alias)).toEqual([
    'alias of olga',
    'alias of otto',
    'alias of cleo',
  ])
})

test('two sides that each show one face cannot count each other, by web, by mail and as a program (C5)', async () => {
  const { people, house } = rig
  const { visitor, conversation, interaction } = await asked('olga', 'olga', 'olga')
  const partner = await house.visitor()
  const { account } = house.account
  for (const name of ['otto', 'cleo'] as const) {
    const offer = (await house.offers(conversation)).find(({ person }) => person === people[name])
    if (offer) await house.answer(offer, 'me too', { desk: name === 'cleo' })
  }
  // Another team asks: two of them, behind a face of their own.
  await house.rows(
    `insert into participant (account_id, participant_id, conversation_id, interaction_id, person_id, role, alias, colour, medium, joined_at)
     values ($1, $2, $3, $4, $5, 'initiator', 'Ben of Acme', 0, 'web', now())`,
    [account, newId<ParticipantId>(), conversation, interaction, partner.person],
  )
  await house.rows(
    `insert into span (account_id, span_id, conversation_id, interaction_id, person_id, from_position, basis, created_at)
     values ($1, $2, $3, $4, $5, 1, 'member', now())`,
    [account, newId<SpanId>(), conversation, interaction, partner.person],
  )
  await house.rows("update participant set face = 'Acme' where conversation_id = $1 and role = 'initiator'", [
    conversation,
  ])
  await house.rows('update conversation set structure = structure + 1 where conversation_id = $1', [conversation])
  const channel = new ScriptedChannel()
  const { outbox } = await startOutbox(house, channel)
  await rig.say(visitor, { interaction }, 'from the first of us')
  await rig.say(partner.person, { interaction }, 'from the second of us')
  await waitFor(
    'both mails to be sent',
    async () => channel.said().filter((text) => text.endsWith('of us')).length >= 2,
  )
  const names = async (person: PersonId) => {
    const [view] = (await rig.sees(person)).views.filter(({ id }) => id === conversation)
    return view?.interactions.find(({ id }) => id === interaction)?.participants.map(({ alias }) => alias)
  }
  expect(await names(visitor)).toHaveLength(3)
  expect(await names(visitor)).toContain('Support')
  expect((await names(people.olga))?.filter((name) => name === 'Acme')).toHaveLength(1)
  expect(await names(people.olga)).toHaveLength(4)
  expect(await everything(visitor, conversation)).not.toContain('alias of')
  expect(await everything(people.olga, conversation)).not.toContain('Ben of Acme')
  // Both of them are one author to the other side.
  const froms = (await rig.messages(people.olga, interaction)).filter(({ text }) => text.startsWith('from the'))
  expect(new Set(froms.map(({ from }) => from)).size).toBe(1)
  const mails = channel.given.filter(
    ({ kind, content }) => kind === 'message' && JSON.stringify(content).includes('of us'),
  )
  expect(mails.map(({ relay }) => relay?.alias)).toEqual(mails.map(() => 'Acme'))
  expect(mails.length).toBeGreaterThan(1)
  expect(JSON.stringify(channel.given)).not.toContain('Ben of Acme')
  await outbox.stop()
})

test('a place is put behind a face, or taken from it, by who watches; what somebody filed is told by the face (C5 C7)', async () => {
  const { people } = rig
  const { visitor, conversation, interaction } = await asked('olga', 'olga', 'olga')
  const said = { text: 'By telephone: come at ten.', at: '2026-02-28T10:00:00Z', by: { person: people.olga } }
  expect(await rig.does(people.olga, 'file', { interaction, said })).toMatchObject({ ok: true })
  const filed = (await rig.messages(visitor, interaction)).find(({ text }) => text === said.text)
  expect(filed?.filed?.by).toBe('Support')
  const place = (await rig.sees(people.olga)).views
    .find(({ id }) => id === conversation)
    ?.interactions.find(({ id }) => id === interaction)
    ?.participants.find(({ you }) => you)
  const input = { participant: place?.id, face: null }
  const facesTold = async (person: PersonId, role: 'operator' | 'supervisor') => {
    const { account } = rig.house.account
    const told = await rig.house.node.db.read(account, (db) =>
      showFields(db, { account, person, role }, { interaction }),
    )
    return told.ok ? told.fields.faces : told
  }
  expect(await facesTold(people.sue, 'supervisor')).toMatchObject({ [place?.id ?? '']: 'house' })
  expect(await facesTold(people.olga, 'operator')).toBeUndefined()
  expect(await rig.does(people.olga, 'set-place', input)).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.sue, 'set-place', input)).toMatchObject({ ok: true })
  expect(await everything(visitor, conversation)).toContain('alias of olga')
  expect(await facesTold(people.sue, 'supervisor')).not.toHaveProperty(place?.id ?? '')
  await rig.does(people.sue, 'set-place', { ...input, face: 'house' })
  expect(await everything(visitor, conversation)).not.toContain('alias of olga')
})

test('what happened is told to a program that asks as if one answered: who else comes behind the face is no event (C5)', async () => {
  const several = await asked('olga', 'otto', 'cleo')
  const { node, account } = rig.house
  const wanted = { account: account.account, program: several.visitor, after: undefined, limit: 50 }
  // What is written beside something older is listed only after that.
  await waitFor('all of it', async () => {
    const early = 'select 1 from event where age(xmin) <= age(pg_snapshot_xmin(pg_current_snapshot())::xid)'
    return (await rig.house.rows(early)).length === 0
  })
  const events = await listProgramEvents(node.db, wanted)
  expect(events?.items.map(({ kind }) => kind)).toEqual(['conversation-opened', 'admitted'])
})

test('who only watched and answers from now on does so from behind the face, and who opens a backchannel is there by their own name (C5)', async () => {
  const { house, people } = rig
  const { interaction } = await asked('olga', 'olga', 'olga')
  const faceOf = async (person: PersonId, at: string) =>
    (
      await house.rows<{ face: string | null }>(
        'select face from participant where person_id = $1 and interaction_id = $2',
        [person, at],
      )
    )[0]?.face
  expect(await rig.does(people.sue, 'observe', { interaction })).toMatchObject({ ok: true })
  expect(await faceOf(people.sue, interaction)).toBeNull()
  expect(await rig.does(people.olga, 'add', { interaction, people: [people.sue] })).toMatchObject({ ok: true })
  expect(await faceOf(people.sue, interaction)).toBe('house')
  const opened = await rig.does(people.olga, 'open-backchannel', { from: interaction })
  if (!opened.ok) throw new Error(opened.refusal)
  expect(await faceOf(people.olga, opened.result.interaction ?? '')).toBeNull()
})
