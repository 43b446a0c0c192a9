import { expect, test } from 'vitest'
import { type FacedPlace, foldFaces, houseFace, isBehind, seenAs } from './faces.ts'

const place = (id: string, face: string | null, more: Partial<FacedPlace> = {}): FacedPlace => ({
  ...{ id, interaction: 'i', person: `person of ${id}`, role: 'responder', face, left: false },
  ...{ joinedAt: `2026-01-01T0${id}:00:00Z`, leftAt: null, leftBecause: null, ...more },
})

test('outside a face all behind it are one: the first, with nothing of who came and went (C5)', () => {
  const asker = place('1', null, { role: 'initiator', person: 'ana' })
  const first = place('2', houseFace, { left: true, leftAt: '2026-01-02T00:00:00Z', leftBecause: 'by-hand' })
  const all = [place('4', houseFace, { role: 'virtual' }), first, asker, place('3', houseFace)]
  const [, face, ...rest] = foldFaces(all, 'ana', all)
  expect(rest).toEqual([])
  expect(face).toEqual({ ...first, left: false, leftAt: null, leftBecause: null, behind: ['2', '3', '4'] })
  for (const own of all.filter((one) => one.face)) expect(seenAs(own, 'ana', all).id).toBe('2')
})

test('behind a face everybody sees everybody, also who has left it (C5)', () => {
  const all = [place('1', null), place('2', houseFace, { left: true }), place('3', houseFace)]
  for (const person of ['person of 2', 'person of 3']) {
    expect(foldFaces(all, person, all).map(({ id }) => id)).toEqual(['1', '2', '3'])
  }
})

test('who observes is behind the house’s face, and behind no other (C5)', () => {
  const all = [place('1', houseFace), place('2', 'Acme', { role: 'initiator' }), place('3', null, { role: 'observer' })]
  expect(isBehind(all, 'person of 3', houseFace)).toBe(true)
  expect(isBehind(all, 'person of 3', 'Acme')).toBe(false)
})

test('two sides behind faces of their own are two to everybody else, and one to each other (C5)', () => {
  const asking = [place('1', 'Acme', { role: 'initiator' }), place('2', 'Acme', { role: 'initiator' })]
  const all = [...asking, place('3', houseFace), place('4', houseFace)]
  expect(foldFaces(all, 'somebody', all).map(({ id, role }) => [id, role])).toEqual([
    ['1', 'initiator'],
    ['3', 'responder'],
  ])
  expect(foldFaces(all, 'person of 2', all).map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(foldFaces(all, 'person of 4', all).map(({ id }) => id)).toEqual(['1', '3', '4'])
})

test('a face is gone when the last behind it has gone, at that moment (C5)', () => {
  const all = ['2026-01-03T00:00:00Z', '2026-01-02T00:00:00Z'].map((leftAt, at) =>
    place(String(at + 1), houseFace, { left: true, leftAt, leftBecause: 'silence' }),
  )
  expect(foldFaces(all, 'ana', all)).toMatchObject([{ left: true, leftAt: '2026-01-03T00:00:00Z', leftBecause: null }])
})
