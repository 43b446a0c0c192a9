import type { ConversationView, FieldsView } from '@parley/protocol'
import type { Thing } from '../structure/dialogs.model.ts'
import { localMinute } from '../structure/file.model.ts'
import { type AnswersDraft, answersDraft, answersInput } from './answers.model.ts'
import { type FactDraft, factsDraft, factsInput } from './facts.model.ts'

/** What stands beside something, as a form holds it. */
export interface DetailsDraft {
  name: string
  category: string | null
  tags: string[]
  folder: string
  takesFrom: string
  takesUntil: string
  primary: string | null
  hasOwnCategories: boolean
  categories: string[]
  answers: AnswersDraft
  facts: FactDraft[]
}

export function detailsDraft(fields: FieldsView): DetailsDraft {
  return {
    name: fields.name ?? '',
    category: fields.category,
    tags: fields.tags,
    folder: fields.folder ?? '',
    takesFrom: minuteOf(fields.takesFrom),
    takesUntil: minuteOf(fields.takesUntil),
    primary: fields.primary,
    hasOwnCategories: fields.categories !== null,
    categories: fields.categories ?? [],
    answers: answersDraft(fields.answers),
    facts: factsDraft(fields.metadata),
  }
}

/** What `set-fields` is asked for: only what was changed, so that nobody else's change of something else is written over. */
export function detailsInput(was: FieldsView, draft: DetailsDraft): Record<string, unknown> {
  const before = detailsDraft(was)
  const wanted: Record<string, unknown> = {
    name: draft.name.trim() || null,
    category: draft.category,
    tags: draft.tags,
    folder: draft.folder.trim() || null,
    takesFrom: draft.takesFrom === '' ? null : new Date(draft.takesFrom).toISOString(),
    takesUntil: draft.takesUntil === '' ? null : new Date(draft.takesUntil).toISOString(),
    primary: draft.primary,
    categories: draft.hasOwnCategories ? draft.categories : null,
    answers: answersInput(was.answers, draft.answers),
    metadata: factsInput(was.metadata, draft.facts),
  }
  const changed = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  const isChanged: Record<string, boolean> = {
    name: wanted.name !== was.name,
    category: draft.category !== was.category,
    tags: changed(draft.tags, was.tags),
    folder: wanted.folder !== was.folder,
    // A field holds minutes; what was only looked at stays to the second.
    takesFrom: draft.takesFrom !== before.takesFrom,
    takesUntil: draft.takesUntil !== before.takesUntil,
    primary: draft.primary !== was.primary,
    categories: changed(wanted.categories, was.categories),
    answers: changed(draft.answers, before.answers),
    metadata: Object.keys(wanted.metadata ?? {}).length > 0,
  }
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => isChanged[key]))
}

const minuteOf = (at: string | null): string => (at ? localMinute(new Date(at)) : '')

/** What has details of its own: the conversation, its tickets where there are several, and what is said in it. */
export function thingsIn({ id, tickets = [], interactions }: ConversationView): Thing[] {
  return [
    { conversation: id },
    ...(tickets.length > 1 ? tickets : []).map((one) => ({ ticket: one.id })),
    ...(interactions.length > 1 ? interactions : []).map((one) => ({ interaction: one.id })),
  ]
}

/** The interactions that are part of something. */
export function insideOf(conversation: ConversationView, what: Thing): ConversationView['interactions'] {
  return conversation.interactions.filter(({ id, ticket }) =>
    'conversation' in what ? true : 'ticket' in what ? ticket === what.ticket : id === what.interaction,
  )
}

/** Has it rules of its own for who answers? What is said behind the asker's back is asked of nobody outside. */
export function hasAnswers(conversation: ConversationView, what: Thing): boolean {
  if (conversation.kind === 'own') return false
  return !('interaction' in what) || insideOf(conversation, what).some(({ kind }) => kind === 'intake')
}
