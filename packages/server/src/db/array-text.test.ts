import { freshDatabase } from '@parley/dev-env'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainArray, textArray } from './array-text.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

test('whatever people write arrives in the database as they wrote it', async () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('"', '\\', '{', '}', ',', ' ', '\n', 'NULL', 'null', "'"),
      fc.string({ unit: 'grapheme' }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(text.filter((each) => !each.includes('\0') && each.isWellFormed())), async (texts) => {
      const { rows } = await client.query('select $1::text[] as texts', [textArray(texts)])
      expect(rows[0].texts).toEqual(texts)
    }),
    { numRuns: 300 },
  )
})

test('ids, numbers, booleans and times need no quotes', async () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057'
  const at = '2026-03-01T12:00:00.123Z'
  const { rows } = await client.query(
    'select $1::uuid[] as ids, $2::bigint[] as numbers, $3::bool[] as yes, $4::timestamptz[] as at',
    [plainArray([id, id]), plainArray([1, 9_007_199_254_740_991]), plainArray([true, false]), plainArray([at])],
  )
  expect(rows[0]).toEqual({ ids: [id, id], numbers: expect.anything(), yes: [true, false], at: [new Date(at)] })
  expect(rows[0].numbers.map(Number)).toEqual([1, 9_007_199_254_740_991])
})
