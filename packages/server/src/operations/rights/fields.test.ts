import { type ConversationId, newId, type PersonId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { readConversation } from '../../programs/index.ts'

let rig: OperationRig
afterEach(() => rig.close())

async function fieldsOf(fields: object) {
  rig = await openOperationRig({ fields })
  const { people, house } = rig
  const { visitor, conversation } = await rig.question('bo', 'olga')
  const other = await rig.question('olga')
  const category = newId()
  await house.rows(
    "update conversation set name = 'the roof', category = $2, tags = '{urgent}', folder = 'March' where conversation_id = $1",
    [conversation, category],
  )
  await house.rows("update ticket set name = 'the gutter' where conversation_id = $1", [conversation])
  await house.rows('update conversation set structure = structure + 1', [])
  const link = { a: { conversation }, b: { conversation: other.conversation } }
  expect(await rig.does(people.olga, 'link', link)).toMatchObject({ ok: true })
  const of = async (person: PersonId) => {
    const view = (await rig.sees(person)).views.find(({ id }) => id === conversation)
    const { name, tags, folder, tickets, links, state } = view ?? {}
    return { name, category: view?.category, tags, folder, tickets: tickets?.length, links: links?.length, state }
  }
  const { account } = house.account
  const program = (person: PersonId) =>
    house.node.db.read(account, (db) =>
      readConversation(db, {
        ...{ account, language: 'en', conversation: conversation as ConversationId, actor: { person, as: null } },
      }),
    )
  return { visitor, bo: people.bo, olga: people.olga, category, of, program }
}

const nothing = {
  name: undefined,
  category: undefined,
  tags: undefined,
  folder: undefined,
  tickets: undefined,
  links: undefined,
}

test('what the house keeps beside a conversation is for who works at the desk; others see its state (C2)', async () => {
  const { visitor, bo, olga, category, of } = await fieldsOf({})
  expect(await of(olga)).toEqual({
    ...{ name: 'the roof', category, tags: ['urgent'], folder: 'March', tickets: 1, links: 1, state: 'open' },
  })
  expect(await of(bo)).toEqual({ ...nothing, state: 'open' })
  expect(await of(visitor)).toEqual({ ...nothing, state: 'open' })
})

test('a site shows more of it, by name and by role, to programs alike; a link only to who may read both ends (C2)', async () => {
  const { visitor, bo, of, program, category } = await fieldsOf({
    visitor: ['category'],
    responder: ['tags', 'tickets', 'links'],
  })
  expect(await of(visitor)).toEqual({ ...nothing, category, state: 'open' })
  expect(await of(bo)).toEqual({ ...nothing, tags: ['urgent'], tickets: 1, state: 'open' })
  expect((await program(bo))?.view).toMatchObject({ tags: ['urgent'] })
  expect((await program(bo))?.view).not.toHaveProperty('category')
  expect((await program(visitor))?.view).toMatchObject({ category })
})
