import type { FieldsView } from '@parley/protocol'

/** Own rules for who answers an outside enquiry, as a form holds them. `kind` of '': as what it is part of says. */
export interface AnswersDraft {
  kind: string
  slots: number
  withinMinutes: number | null
  teams: string[]
}

const minute = 60_000

export function answersDraft(answers: FieldsView['answers']): AnswersDraft {
  const { kind, slots, withinMs } = looseOf(answers?.admission)
  return {
    kind: typeof kind === 'string' ? kind : '',
    slots: typeof slots === 'number' ? slots : 2,
    withinMinutes: typeof withinMs === 'number' ? withinMs / minute : null,
    teams: answers?.teams ?? [],
  }
}

/** What goes to the server: null where it has no rules of its own. What the form has no field for stays as it was. */
export function answersInput(was: FieldsView['answers'], draft: AnswersDraft): Record<string, unknown> | null {
  const { kind, slots, withinMinutes, teams } = draft
  if (kind === '' && teams.length === 0) return null
  const { kind: _, slots: __, withinMs: ___, ...rest } = looseOf(was?.admission)
  return {
    ...(kind === ''
      ? {}
      : {
          admission: {
            ...rest,
            kind,
            ...(kind === 'first-n' ? { slots } : {}),
            ...(withinMinutes === null ? {} : { withinMs: Math.round(withinMinutes * minute) }),
          },
        }),
    ...(teams.length > 0 ? { teams } : {}),
  }
}

const looseOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}
