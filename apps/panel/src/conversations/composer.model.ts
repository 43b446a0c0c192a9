import { type FormField, maxTextLength } from '@parley/protocol'

export interface Attached {
  /** Ours, until the server has given one. */
  key: string
  name: string
  size: number
  state: { is: 'uploading' } | { is: 'there'; id: string } | { is: 'refused'; text: string }
}

export type MaySend = { ok: true } | { ok: false; because: 'empty' | 'uploading' | 'too-long' }

export function maySend(text: string, attached: readonly Attached[]): MaySend {
  if (attached.some((one) => one.state.is === 'uploading')) return { ok: false, because: 'uploading' }
  if (text.length > maxTextLength) return { ok: false, because: 'too-long' }
  const hasFile = attached.some((one) => one.state.is === 'there')
  return text.trim() === '' && !hasFile ? { ok: false, because: 'empty' } : { ok: true }
}

export const idsOf = (attached: readonly Attached[]): string[] =>
  attached.flatMap((one) => (one.state.is === 'there' ? [one.state.id] : []))

/** Enter sends; with Shift it is a new line, and while an input method composes it belongs to that. */
export function isSend(event: { key: string; shiftKey: boolean; isComposing: boolean }): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing
}

/** "Typing" is said at most every three seconds, as the contract asks. */
export const saysTyping = (lastSaidAt: number, now: number): boolean => now - lastSaidAt >= 3_000

export interface AskChoice {
  kind: 'name' | 'email' | 'phone'
  isAsked: boolean
  isRequired: boolean
}

/** The small form that asks for a contact; null when nothing is asked. Labels are in the language of the conversation. */
export function askFields(
  choices: readonly AskChoice[],
  labels: Record<AskChoice['kind'], string>,
): FormField[] | null {
  const fields = choices
    .filter((choice) => choice.isAsked)
    .map(({ kind, isRequired }) => ({
      name: kind,
      label: labels[kind],
      kind: kind === 'name' ? ('text' as const) : kind,
      required: isRequired,
    }))
  return fields.length > 0 ? fields : null
}
