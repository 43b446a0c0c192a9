import { freshDatabase } from '@parley/dev-env/postgres'
import { newId } from '@parley/model'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import * as structure from './0001-structure.ts'
import * as hunt from './0020-hunt.ts'

test('A5 what responders wanted before becomes conditions that want the same; none stays none, and any stays any', async () => {
  const fresh = await freshDatabase()
  const pool = new pg.Pool({ connectionString: fresh.connectionString, max: 1, options: '-c search_path=parley' })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await pool.query('drop schema parley cascade; create schema parley')
    await structure.up(db)
    const account = newId()
    const before = [
      {},
      { topics: ['t1', 't2'], languages: ['de'] },
      { topics: [] },
      { regions: ['US-AK'], sites: ['s1'] },
    ]
    const people = before.map(() => newId())
    for (const [index, wants] of before.entries()) {
      await pool.query('insert into criteria (account_id, person_id, wants, updated_at) values ($1, $2, $3, now())', [
        account,
        people[index],
        JSON.stringify(wants),
      ])
    }
    await hunt.up(db)
    const { rows } = await pool.query<{ person_id: string; wants: object }>('select person_id, wants from criteria')
    const after = people.map((person) => rows.find(({ person_id }) => person_id === person)?.wants)
    expect(after).toEqual([
      {},
      {
        all: [
          { about: 'topic', oneOf: ['t1', 't2'] },
          { about: 'language', oneOf: ['de'] },
        ],
      },
      { all: [{ about: 'topic', oneOf: [] }] },
      {
        all: [
          { about: 'site', oneOf: ['s1'] },
          { about: 'region', oneOf: ['US-AK'] },
        ],
      },
    ])
  } finally {
    await db.destroy()
    await fresh.drop()
  }
})
