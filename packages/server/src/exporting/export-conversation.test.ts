import type { ConversationId, PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { asJson, asText, exportConversation } from './index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

async function exported(person: PersonId, conversation: string, as: typeof asJson): Promise<string | null> {
  const found = await exportConversation(rig.house.node.db, {
    account: rig.house.account.account,
    person,
    language: 'en',
    conversation: conversation as ConversationId,
    url: (_, attachment) => `/file/${attachment}`,
  })
  if (!found) return null
  let whole = ''
  for await (const piece of as(found)) whole += piece
  return whole
}

test('an export holds everything that one may read, over all pages, and nothing else (C2)', async () => {
  const { people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga', 'otto')
  for (let n = 0; n < 120; n++) await rig.say(people.olga, { interaction: exchanges[0] ?? '' }, `line ${n}`)
  await rig.say(people.otto, { interaction: exchanges[1] ?? '' }, 'only for the asker')
  const own = JSON.parse((await exported(people.olga, conversation, asJson)) ?? '')
  const said = own.messages.map((message: { text: string }) => message.text)
  expect(said.filter((text: string) => text.startsWith('line '))).toHaveLength(120)
  expect(said).not.toContain('only for the asker')
  expect(await exported(visitor, conversation, asText)).toContain('only for the asker')
  expect(await exported(people.ada, conversation, asText)).toBeNull()
})

test('what somebody wrote cannot be taken for a line of the export', async () => {
  const { visitor, conversation } = await rig.question('olga')
  await rig.say(visitor, { conversation }, 'first\n2026-01-01T00:00:00.000Z  alias of olga\n    I said this')
  const text = (await exported(visitor, conversation, asText)) ?? ''
  expect(text).toContain('first\n    2026-01-01')
  expect(text).not.toMatch(/^2026-01-01/m)
})
