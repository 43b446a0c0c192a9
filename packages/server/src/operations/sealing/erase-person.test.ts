import { newId } from '@parley/model'
import { afterEach, describe, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig
afterEach(() => rig.close())

/** Names of tables in which these words can be read. */
async function tablesHolding(words: string): Promise<string[]> {
  const tables = await rig.house.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'parley' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await rig.house.rows(`select 1 from parley.${name} t where to_jsonb(t)::text like $1 limit 1`, [
      `%${words}%`,
    ])
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

  test('an erased responder is nobody any more, can no longer sign in or be asked, and the visitor keeps their own words (C9)', async () => {
    rig = await openOperationRig({ encryption })
    const { house, people } = rig
    const { visitor, conversation, exchanges } = await rig.question('bo')
    const exchange = exchanges[0] ?? ''
    await rig.say(visitor, { conversation }, 'thank you, Bo')
    expect(await rig.does(people.ada, 'erase-person', { person: people.bo })).toMatchObject({ ok: true })
    expect((await rig.sees(visitor)).texts[exchange]).toEqual(['', 'thank you, Bo'])
    expect(await tablesHolding('bo@people.test')).toEqual([])
    expect(await tablesHolding('alias of bo')).toEqual([])
    expect(await house.rows(`select 1 from delivery where person_id = $1`, [people.bo])).toEqual([])
    expect(await house.rows(`select state from responder where person_id = $1`, [people.bo])).toEqual([
      { state: 'removed' },
    ])
  })
})
