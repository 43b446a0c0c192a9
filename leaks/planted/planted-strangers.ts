import type { Planted } from './planted.ts'

const server = 'packages/server/src'
/** The wall behind every query: who asks is held to one account by the database. */
const wall = { file: `${server}/db/database.ts`, is: `-c role=parley_app'`, becomes: `'` }

/** Another house on the same servers gets something, or who has no part. */
export const plantedStrangers: readonly Planted[] = [
  {
    name: 'the colleagues of another house are listed, through two walls',
    file: `${server}/people/list-colleagues.ts`,
    is: `where r.account_id = \${account} and r.state in`,
    becomes: 'where r.state in',
    also: [wall],
    ring: 'strangers',
    histories: 1,
  },
  {
    name: 'a refusal tells those without a part that it is there',
    file: `${server}/operations/perform.ts`,
    is: 'return { actor, touched: isNear || operation.byInvitation ? found : null }',
    becomes: 'return { actor, isThere: found !== null, touched: isNear || operation.byInvitation ? found : null }',
    also: [
      {
        file: `${server}/operations/perform.ts`,
        is: `if (!touched) return { ok: false, refusal: 'not-there' }`,
        becomes: `if (!touched) return { ok: false, refusal: 'not-there', ...(looked.isThere ? { detail: 'it is not yours' } : {}) }`,
      },
    ],
    ring: 'strangers',
    histories: 1,
  },
]
