import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { planted } from './planted.ts'

const isWhole = process.env.PARLEY_PLANTED_ALL === '1'
/** The quick ones; all of them in `npm run soak -- leaks-planted`. */
const tried = isWhole ? planted : planted.filter(({ histories, ring }) => ring === 'rules' && histories <= 600)

test('settled 33 there are thirty leaks to be found', () => {
  expect(planted.length).toBeGreaterThanOrEqual(30)
  expect(new Set(planted.map(({ name }) => name)).size).toBe(planted.length)
})

test.each(tried)(
  'settled 33 a planted leak is found: $name',
  ({ name, ring, first = 1, histories }) => {
    const here = import.meta.dirname
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', path.join(here, 'plant.ts'), path.join(here, 'run.ts'), ring, String(first), String(histories)],
      { encoding: 'utf8', env: { ...process.env, PARLEY_PLANTED: name }, timeout: 300_000 },
    )
    expect([status, stderr.replace(/^.*ExperimentalWarning.*$/gm, '').trim(), stdout]).toEqual([
      3,
      '',
      expect.any(String),
    ])
  },
  300_000,
)
