import { chosenFrom } from './colleagues.model.ts'

export interface InviteDraft {
  /** As the chooser gives them. */
  chosen: string[]
  outside: { medium: string; address: string; name: string }
  name: string
  note: string
  history: 'none' | 'all' | 'from'
}

export const emptyInvite: InviteDraft = {
  chosen: [],
  outside: { medium: 'email', address: '', name: '' },
  name: '',
  note: '',
  history: 'none',
}

/** What goes to the server; null while there is nobody to bring in. `from`: the number of the message that was chosen to begin with. */
export function inviteInput(draft: InviteDraft, from: number | null): Record<string, unknown> | null {
  const { people, teams } = chosenFrom(draft.chosen)
  const address = draft.outside.address.trim()
  const outsideName = draft.outside.name.trim()
  if (address !== '' && outsideName === '') return null
  if (people.length + teams.length === 0 && address === '') return null
  const history = draft.history === 'from' ? (from === null ? 'none' : { from }) : draft.history
  return {
    ...(people.length > 0 ? { people } : {}),
    ...(teams.length > 0 ? { teams } : {}),
    ...(address === '' ? {} : { outside: { medium: draft.outside.medium, address, name: outsideName } }),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
    ...(history === 'none' ? {} : { history }),
  }
}
