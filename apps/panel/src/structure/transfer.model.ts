import { chosenFrom } from './colleagues.model.ts'

export type TransferTo = 'people' | 'team' | 'anyone'

/** What goes to the server; null while it is not said to whom. */
export function transferInput(to: TransferTo, chosen: readonly string[], note: string): Record<string, unknown> | null {
  const { people, teams } = chosenFrom(chosen)
  const [team] = teams
  const rest = note.trim() === '' ? {} : { note: note.trim() }
  switch (to) {
    case 'anyone':
      return { to: { anyone: true }, ...rest }
    case 'team':
      return team ? { to: { team }, ...rest } : null
    case 'people':
      return people.length > 0 ? { to: { people }, ...rest } : null
  }
}
