import { describe, expect, it } from 'vitest'
import { begin, change, redo, undo } from './history.model.ts'

describe('B4 what was changed', () => {
  it('is taken back and done again, one after another', () => {
    const all = change(change(begin('a'), 'b'), 'c')
    expect(undo(all).present).toBe('b')
    expect(undo(undo(undo(all))).present).toBe('a')
    expect(redo(redo(undo(undo(all)))).present).toBe('c')
  })

  it('is taken back as a sentence, not letter by letter', () => {
    const typed = ['H', 'He', 'Hey'].reduce((history, text) => change(history, text, 'text en'), begin(''))
    expect(undo(typed).present).toBe('')
    expect(undo(change(typed, 'Hey!', 'text de')).present).toBe('Hey')
  })

  it('begins anew after taking back: what was taken back is gone once something else is changed', () => {
    const after = change(undo(change(change(begin('a'), 'b', 'x'), 'c', 'y')), 'd', 'x')
    expect(redo(after).present).toBe('d')
    expect(undo(after).present).toBe('b')
  })
})
