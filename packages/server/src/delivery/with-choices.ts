import type { FormField } from '@parley/protocol'

/**
 * A message as it is read where there are no forms: what can be chosen stands below it, numbered, so that the number answers it. Of a form
 * with several fields each is named on a line of its own.
 */
export function withChoices(text: string, form: object | null): string {
  const fields = fieldsOf(form)
  const [only] = fields
  if (!only) return text
  if (fields.length === 1) {
    return [text, ...(only.choices ?? []).map((choice, index) => `${index + 1}. ${choice}`)].join('\n')
  }
  const lines = fields.map(({ label, choices }) => (choices ? `${label} (${choices.join(' / ')})` : label))
  return [text, ...lines].join('\n')
}

function fieldsOf(form: object | null): readonly FormField[] {
  return form && 'fields' in form && Array.isArray(form.fields) ? form.fields : []
}
