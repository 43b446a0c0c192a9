import { chosenFrom } from './colleagues.model.ts'

export interface GrantDraft {
  /** As the chooser gives it. */
  chosen: string[]
  part: 'now' | 'all' | 'some'
  /** Ids of messages. An empty `to` lets them read on. */
  from: string
  to: string
}

export const emptyGrant: GrantDraft = { chosen: [], part: 'now', from: '', to: '' }

/** What goes to the server; null while it is not said whom, or which part. `messages`: the ones that the giver reads there. */
export function grantInput(
  interaction: string,
  { chosen, part, from, to }: GrantDraft,
  messages: readonly { id: string; n: number }[],
): Record<string, unknown> | null {
  const [person] = chosenFrom(chosen).people
  if (!person) return null
  if (part !== 'some') return { interaction, person, ...(part === 'all' ? { history: 'all' } : {}) }
  const numberOf = (id: string) => messages.find((one) => one.id === id)?.n
  const [first, last] = [numberOf(from), numberOf(to)]
  if (first === undefined || (to !== '' && (last === undefined || last < first))) return null
  return { interaction, person, from: first, ...(last === undefined ? {} : { to: last }) }
}
