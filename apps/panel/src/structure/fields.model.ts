import type { ConversationView, FieldsView } from '@parley/protocol'
import type { Thing } from './dialogs.model.ts'
import { localMinute } from './file.model.ts'

/** What has fields of its own: the conversation, its tickets where there are several, and what is said in it. */
export function thingsIn({ id, tickets = [], interactions }: ConversationView): Thing[] {
  return [
    { conversation: id },
    ...(tickets.length > 1 ? tickets : []).map((one) => ({ ticket: one.id })),
    ...(interactions.length > 1 ? interactions : []).map((one) => ({ interaction: one.id })),
  ]
}

/** The times that were changed: one that was only looked at stays to the second. */
export function takesInput(
  was: Pick<FieldsView, 'takesFrom' | 'takesUntil'>,
  draft: { takesFrom: string; takesUntil: string },
): Partial<Pick<FieldsView, 'takesFrom' | 'takesUntil'>> {
  const changed = (key: 'takesFrom' | 'takesUntil') => {
    const before = was[key] ? localMinute(new Date(was[key])) : ''
    if (draft[key] === before) return {}
    return { [key]: draft[key] === '' ? null : new Date(draft[key]).toISOString() }
  }
  return { ...changed('takesFrom'), ...changed('takesUntil') }
}
