/** What was, what is, and what was taken back. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change was about: the next one about the same is part of it, so that undoing takes back a sentence, not a letter. */
  readonly about: string | null
}

const most = 200

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null })

export function change<T>(history: History<T>, present: T, about: string | null = null): History<T> {
  if (present === history.present) return history
  const isSame = about !== null && about === history.about
  const past = isSame ? history.past : [...history.past, history.present].slice(-most)
  return { past, present, future: [], about }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (history.past.length === 0 || before === undefined) return history
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], about: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (history.future.length === 0 || after === undefined) return history
  return { past: [...history.past, history.present], present: after, future, about: null }
}
