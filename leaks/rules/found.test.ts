import { beforeEach, expect, test } from 'vitest'
import { ToldHistory } from './told-history.ts'

// What random histories have found, told in as few steps as show it.

let history: ToldHistory
beforeEach(() => {
  history = new ToldHistory({
    ...{ bo: 'responder', cleo: 'responder', olga: 'operator', otto: 'operator' },
    ...{ sue: 'supervisor', ada: 'administrator' },
  })
})

test('C4 undoing a taking back does not uncover a part that was given and is over', () => {
  history.asked('ana', 'bo')
  history.does({ op: 'observe', by: 'sue', room: 'ana-bo', history: 'all' })
  history.does({ op: 'grant', by: 'sue', room: 'ana-bo', person: 'cleo', history: { from: 1, to: 1 } })
  expect(history.reads('cleo', 'ana-bo')).toEqual(['answer of bo'])

  const takenBack = history.does({ op: 'revoke', by: 'sue', room: 'ana-bo', person: 'cleo' })
  expect(history.reads('cleo', 'ana-bo')).toEqual([])

  history.undoes('sue', takenBack)
  history.says('bo', 'ana-bo', 'later')
  expect(history.reads('cleo', 'ana-bo')).toEqual([])
})

test('A16 C4 who asks elsewhere in what was merged is not brought in when a ticket that was split off is transferred', () => {
  history.asked('ana', 'olga')
  history.asked('ben', 'otto')
  history.does({ op: 'merge', by: 'sue', what: 'conversation', into: 'c-ana', from: 'c-ben', samePerson: false })
  const split = history.does({ op: 'split', by: 'otto', ticket: 't-ben', rooms: ['ben-otto'] })

  const { room = '' } = history.does({ op: 'transfer', by: 'otto', ticket: split.ticket ?? '', people: ['cleo'] })
  history.says('cleo', room, 'only for ben')
  expect(history.reads('ben', room)).toEqual(['only for ben'])
  expect(history.reads('ana', room)).toEqual([])
  expect(history.isHere('ana', room)).toBeUndefined()
})

test('C2 C4 who comes by a merge while people are let see each other is not shown what was said before they came', () => {
  history.asked('ana', 'bo', 'cleo')
  history.does({ op: 'let-see', by: 'ana', conversation: 'c-ana', on: true, history: 'all' })
  history.does({ op: 'add', by: 'sue', room: 'ana-cleo', people: ['otto'], history: 'none' })
  expect(history.reads('otto', 'ana-cleo')).toEqual([])

  history.does({ op: 'merge', by: 'sue', what: 'room', into: 'ana-bo', from: 'ana-cleo', samePerson: false })
  expect(history.isHere('otto', 'ana-bo')).toBe('responder')
  expect(history.reads('otto', 'ana-cleo')).toEqual([])
})

test('C2 C4 undoing that a team was let in ends it for who joined the team since, also where the conversation was merged meanwhile', () => {
  history.asked('ana', 'bo')
  history.asked('ben', 'bo')
  history.team('harbour', 'cleo')
  const inBens = { by: 'sue', conversation: 'c-ben', team: 'harbour' }
  const letIn = history.does({ op: 'let-team-in', ...inBens, history: 'none' })
  history.does({ op: 'team-change', by: 'ada', team: 'harbour', person: 'otto', in: true })
  history.does({ op: 'merge', by: 'sue', what: 'conversation', into: 'c-ana', from: 'c-ben', samePerson: false })
  history.says('bo', 'ben-bo', 'while they were let in')
  expect(history.reads('otto', 'ben-bo')).toEqual(['while they were let in'])

  history.undoes('sue', letIn)
  history.says('bo', 'ben-bo', 'when they were not')
  for (const person of ['cleo', 'otto']) expect(history.reads(person, 'ben-bo')).not.toContain('when they were not')
})

test('C3 C4 who only observed, had gone and comes back by a merge has a place that writes and that all may see', () => {
  history.asked('ana', 'bo', 'cleo')
  history.does({ op: 'observe', by: 'sue', room: 'ana-bo', history: 'none' })
  history.does({ op: 'leave', by: 'sue', room: 'ana-bo' })
  history.does({ op: 'add', by: 'ada', room: 'ana-cleo', people: ['sue'], history: 'none' })

  history.does({ op: 'merge', by: 'ada', what: 'room', into: 'ana-bo', from: 'ana-cleo', samePerson: false })
  expect(history.isHere('sue', 'ana-bo')).toBe('responder')
  history.says('sue', 'ana-bo', 'here I am')
  expect(history.reads('ana', 'ana-bo')).toContain('here I am')
})

test('C2 C4 who observes and comes by a merge is of the circle, and keeps what was said there when the merge is undone and their right to watch is taken back', () => {
  history.asked('ana', 'bo', 'ada')
  history.does({ op: 'observe', by: 'ada', room: 'ana-bo', history: 'none' })
  const merged = history.does({
    op: 'merge',
    by: 'sue',
    what: 'room',
    into: 'ana-bo',
    from: 'ana-ada',
    samePerson: false,
  })
  expect(history.isHere('ada', 'ana-bo')).toBe('responder')
  history.says('bo', 'ana-bo', 'said to both')

  history.undoes('sue', merged)
  expect(history.isHere('ada', 'ana-bo')).toBe('observer')
  history.says('bo', 'ana-bo', 'watched')
  expect(history.reads('ada', 'ana-bo')).toEqual(['said to both', 'watched'])
  history.does({ op: 'revoke', by: 'sue', room: 'ana-bo', person: 'ada' })
  expect(history.reads('ada', 'ana-bo')).toEqual(['said to both'])
})

test('C2 C4 who observes and comes by a merge while people are let see each other sees the others from then on', () => {
  history.asked('ana', 'bo', 'ada', 'olga')
  history.does({ op: 'observe', by: 'ada', room: 'ana-bo', history: 'none' })
  history.does({ op: 'let-see', by: 'ana', conversation: 'c-ana', on: true, history: 'none' })
  history.does({ op: 'merge', by: 'sue', what: 'room', into: 'ana-bo', from: 'ana-ada', samePerson: false })
  history.says('olga', 'ana-olga', 'for those who answer')
  expect(history.reads('ada', 'ana-olga')).toEqual(['for those who answer'])
})

test('C3 who only observed whispers, had gone and is whispered to has a place that writes and that all may see', () => {
  history.asked('ana', 'otto')
  history.does({ op: 'add', by: 'otto', room: 'ana-otto', people: ['cleo'], history: 'none' })
  const { room = '' } = history.does({ op: 'whisper', by: 'otto', room: 'ana-otto', message: 'to cleo' })
  history.does({ op: 'observe', by: 'sue', room, history: 'none' })
  history.does({ op: 'leave', by: 'sue', room })
  history.does({ op: 'add', by: 'ada', room: 'ana-otto', people: ['sue'], history: 'none' })

  history.does({ op: 'whisper', by: 'otto', room: 'ana-otto', message: 'to both' })
  expect(history.isHere('sue', room)).toBe('responder')
  history.says('sue', room, 'I hear you')
  expect(history.reads('cleo', room)).toEqual(['to cleo', 'to both', 'I hear you'])
})

test('C2 C4 undoing that people are not let see each other gives nothing again in what their conversation was merged into', () => {
  history.asked('ana', 'bo')
  history.asked('ben', 'olga', 'otto')
  history.does({ op: 'let-see', by: 'ben', conversation: 'c-ben', on: true, history: 'none' })
  const off = history.does({ op: 'let-see', by: 'ben', conversation: 'c-ben', on: false, history: 'none' })
  history.does({ op: 'merge', by: 'sue', what: 'conversation', into: 'c-ana', from: 'c-ben', samePerson: false })
  history.undoes('sue', off)
  history.says('otto', 'ben-otto', 'for ben alone')
  expect(history.reads('ben', 'ben-otto')).toEqual(['answer of otto', 'for ben alone'])
  expect(history.reads('olga', 'ben-otto')).toEqual([])
})

test('C4 two conversations do not come apart while something of the one goes on in the other', () => {
  history.asked('ana', 'bo')
  history.asked('ben', 'cleo')
  const { operation = '' } = history.does({
    ...{ op: 'merge', by: 'sue', what: 'conversation', into: 'c-ana', from: 'c-ben', samePerson: true },
  })
  const goesOn = history.does({
    ...{ op: 'merge', by: 'sue', what: 'room', into: 'ben-cleo', from: 'ana-bo', samePerson: false },
  })
  expect(() => history.does({ op: 'undo', by: 'sue', operation })).toThrow('is refused')
  history.undoes('sue', goesOn)
  history.does({ op: 'undo', by: 'sue', operation })
  history.says('ana', 'ana-bo', 'only to bo')
  expect(history.reads('ben', 'ana-bo')).toEqual([])
  expect(history.reads('cleo', 'ana-bo')).toEqual([])
})

test('C2 C4 undoing a transfer gives again what people saw of each other where nobody else sees it any more', () => {
  history.asked('ana', 'bo')
  history.asked('ben', 'otto', 'cleo')
  history.does({ op: 'leave', by: 'cleo', room: 'ben-cleo' })
  history.does({ op: 'let-see', by: 'ben', conversation: 'c-ben', on: true, history: 'none' })
  const given = history.does({ op: 'transfer', by: 'sue', ticket: 't-ben', people: ['olga'] })
  history.does({ op: 'merge', by: 'sue', what: 'conversation', into: 'c-ana', from: 'c-ben', samePerson: false })
  history.undoes('sue', given)
  history.says('ben', 'ben-cleo', 'said after it was undone')
  expect(history.reads('otto', 'ben-cleo')).toEqual(['said after it was undone'])
  expect(history.reads('olga', 'ben-cleo')).toEqual([])
})

test('C2 C4 who was made to watch and then sent away does not come to read again by undoing only the first of both', () => {
  history.asked('ana', 'bo', 'cleo')
  const watches = history.does({ op: 'set-role', by: 'sue', room: 'ana-bo', person: 'bo', role: 'observer' })
  const sentAway = () => history.does({ op: 'revoke', by: 'sue', room: 'ana-bo', person: 'bo' })
  history.undoes('sue', sentAway())
  const again = sentAway()
  expect(() => history.undoes('sue', watches)).toThrow('is refused')
  history.undoes('sue', again)
  history.undoes('sue', watches)
  expect(history.isHere('bo', 'ana-bo')).toBe('responder')
})

test('C2 C4 who watched and was then asked in stays in while that stands', () => {
  history.asked('ana', 'bo')
  const watches = history.does({ op: 'observe', by: 'ada', room: 'ana-bo', history: 'none' })
  const added = history.does({ op: 'add', by: 'sue', room: 'ana-bo', people: ['ada'], history: 'none' })
  expect(() => history.undoes('sue', watches)).toThrow('is refused')
  history.undoes('sue', added)
  expect(history.isHere('ada', 'ana-bo')).toBe('observer')
  history.undoes('sue', watches)
  expect(history.isHere('ada', 'ana-bo')).toBeUndefined()
})
