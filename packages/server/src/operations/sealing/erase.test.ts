import { readdirSync } from 'node:fs'
import path from 'node:path'
import { newId, type OperationId } from '@parley/model'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig
afterEach(() => rig.close())

/** Every row of every table in which this stands. */
async function tablesNaming(id: string): Promise<string[]> {
  const tables = await rig.house.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'parley' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await rig.house.rows(`select 1 from parley.${name} t where to_jsonb(t)::text like $1 limit 1`, [
      `%${id}%`,
    ])
    if (rows.length > 0) found.push(name)
  }
  return found.sort()
}

describe.each(['sealed', 'none'] as const)('with encryption %s', (encryption) => {
  beforeEach(async () => {
    rig = await openOperationRig({ encryption })
  })

  test('an erased conversation is gone for everybody, and nothing of it stays but ids of what was done and hashes (C9)', async () => {
    const { house, people } = rig
    const { visitor, conversation, exchanges } = await rig.question('olga', 'bo')
    await rig.say(people.olga, { interaction: exchanges[0] ?? '' }, 'the nightingale')
    const other = await rig.question('olga')
    expect(await rig.does(people.sue, 'erase', { conversation })).toMatchObject({ refusal: 'not-allowed' })
    expect(await rig.does(people.otto, 'erase', { conversation })).toMatchObject({ refusal: 'not-there' })
    house.node.published.length = 0
    expect(await rig.does(people.ada, 'erase', { conversation })).toMatchObject({ ok: true })
    expect(house.node.published.flatMap(({ gone = [] }) => gone.map((each) => each.conversation))).toEqual([
      conversation,
    ])
    expect((await rig.sees(visitor)).views).toEqual([])
    expect((await rig.sees(people.olga)).views.map(({ id }) => id)).toEqual([other.conversation])
    expect(await tablesNaming(conversation)).toEqual(['operation', 'relay_address'])
    expect(await tablesNaming('nightingale')).toEqual([])
    const [{ count } = { count: 0 }] = await house.rows<{ count: number }>(
      'select count(*)::int as count from erased_key',
    )
    expect(count).toBeGreaterThanOrEqual(3)
    expect(
      readdirSync(path.join(house.keys), { recursive: true }).filter((name) => `${name}`.includes(conversation)),
    ).toEqual([])
    const said = await house.node.road.say(house.say(visitor, { conversation }, 'is anybody there?'))
    expect(said).toMatchObject({ ok: false, refusal: 'not-there' })
    expect((await rig.sees(other.visitor)).texts[other.exchanges[0] ?? '']).toEqual(['answer of olga'])
  })

  test('what was copied from it into another is gone from there, and no number is left out', async () => {
    const { people } = rig
    const one = await rig.question('olga')
    const other = await rig.question('olga')
    const [from = '', to = ''] = [one.exchanges[0], other.exchanges[0]]
    const copied = await rig.say(people.olga, { interaction: from }, 'the nightingale')
    expect(await rig.does(people.olga, 'copy', { messages: [copied], from, to })).toMatchObject({ ok: true })
    await rig.say(people.olga, { interaction: to }, 'the lark')
    expect((await rig.sees(other.visitor)).texts[to]).toEqual(['answer of olga', 'the nightingale', 'the lark'])
    expect(await rig.does(people.ada, 'erase', { conversation: one.conversation })).toMatchObject({ ok: true })
    const { views, texts } = await rig.sees(other.visitor)
    expect(texts[to]).toEqual(['answer of olga', 'the lark'])
    expect((await rig.messages(other.visitor, to)).map(({ n }) => n)).toEqual([1, 2])
    expect(views[0]?.interactions.find(({ id }) => id === to)?.length).toBe(2)
    expect(await tablesNaming('nightingale')).toEqual([])
  })

  test('what a process that died half-way has left is removed by erasing again', async () => {
    const { house, people } = rig
    const { visitor, conversation } = await rig.question('olga')
    const id = newId<OperationId>()
    const fails = house.rows(`create function no() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger no before delete on parley.conversation for each row execute function no()`)
    await fails
    await expect(rig.does(people.ada, 'erase', { conversation }, id)).rejects.toThrow('no')
    await house.rows('drop trigger no on parley.conversation')
    const left = Object.values((await rig.sees(visitor)).texts).flat()
    if (encryption === 'sealed') expect(new Set(left)).toEqual(new Set(['']))
    expect(await rig.does(people.ada, 'erase', { conversation }, id)).toMatchObject({ ok: true })
    expect(await tablesNaming(conversation)).toEqual(['operation', 'relay_address'])
  })

  test('what is to be erased is neither merged nor copied away before it is', async () => {
    const { house, people } = rig
    const id = newId<OperationId>()
    const { conversation, exchanges } = await rig.question('olga')
    const other = await rig.question('olga')
    const said = (await rig.messages(people.olga, `${exchanges[0]}`)).map(({ id }) => id)
    await house.rows(`create function no() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger no before delete on parley.conversation for each row execute function no()`)
    await expect(rig.does(people.ada, 'erase', { conversation }, id)).rejects.toThrow('no')
    const into = { conversation: other.conversation }
    const refused = { ok: false, refusal: 'not-there' }
    expect(await rig.does(people.ada, 'merge', { into, from: { conversation } })).toMatchObject(refused)
    const copied = { messages: said, from: exchanges[0], to: other.exchanges[0] }
    expect(await rig.does(people.ada, 'copy', copied)).toMatchObject(refused)
    await house.rows('drop trigger no on parley.conversation')
    expect(await rig.does(people.ada, 'erase', { conversation }, id)).toMatchObject({ ok: true })
    expect(await tablesNaming(conversation)).toEqual(['operation', 'relay_address'])
  })
})
