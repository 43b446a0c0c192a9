import type { TriedRequest } from '@parley/protocol'

/** A question being made up for a preview. */
export interface Tried {
  readonly text: string
  /** As `datetime-local` has it, by this device's clock; empty for now. */
  readonly at: string
  readonly team: string | null
  readonly facts: readonly { readonly about: string; readonly values: readonly string[] }[]
}

/** What most questions are told apart by. */
export const nothingTried: Tried = {
  text: '',
  at: '',
  team: null,
  facts: [
    { about: 'topic', values: [] },
    { about: 'language', values: [] },
    { about: 'region', values: [] },
  ],
}

export function requestOf({ text, at, team, facts }: Tried): TriedRequest {
  const known = facts.filter(({ about, values }) => values.length > 0 && !about.endsWith(':'))
  return {
    facts: Object.fromEntries(known.map(({ about, values }) => [about, values])),
    text: text.trim() === '' ? null : text,
    ...(team ? { target: { teams: [team] } } : {}),
    ...(at === '' ? {} : { at: new Date(at).toISOString() }),
  }
}
