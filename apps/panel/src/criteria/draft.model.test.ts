import type { CriteriaView } from '@parley/protocol'
import { expect, test } from 'vitest'
import {
  addLine,
  changeAbout,
  changeLine,
  completeCriteriaOf,
  criteriaOf,
  draftOf,
  isSame,
  removeLine,
} from './draft.model.ts'

const saved: CriteriaView = {
  all: [
    { about: 'topic', oneOf: ['a'] },
    { about: 'field:price', from: 5 },
  ],
  away: [{ from: '2026-12-01T08:00:00Z', to: '2026-12-05T08:00:00Z' }],
}

test('what is edited and put back is what was saved', () => {
  expect(criteriaOf(draftOf(saved))).toEqual(saved)
  const added = addLine(draftOf(saved), 'all')
  expect(isSame(added, saved)).toBe(false)
  expect(isSame(removeLine(added, 'all', added.all.at(-1)?.key ?? 0), saved)).toBe(true)
})

test('an empty line is saved in its place, to be told about, and not tried', () => {
  const draft = addLine(draftOf(saved), 'none')
  expect(criteriaOf(draft).none).toEqual([{ about: 'topic', oneOf: [] }])
  expect(completeCriteriaOf(draft)).toEqual(saved)
})

test('a line keeps its place and its neighbours when it is changed', () => {
  const draft = draftOf(saved)
  const key = draft.all[0]?.key ?? 0
  expect(criteriaOf(changeLine(draft, 'all', key, { about: 'site', oneOf: ['s'] })).all).toEqual([
    { about: 'site', oneOf: ['s'] },
    saved.all?.[1],
  ])
})

test('values go when a line is about something else, and stay when only the field is called otherwise', () => {
  expect(changeAbout({ about: 'topic', oneOf: ['a'] }, 'site')).toEqual({ about: 'site', oneOf: [] })
  expect(changeAbout({ about: 'field:a', from: 3 }, 'field:b')).toEqual({ about: 'field:b', from: 3 })
  expect(changeAbout({ about: 'field:a', from: 3 }, 'topic')).toEqual({ about: 'topic', oneOf: [] })
})
