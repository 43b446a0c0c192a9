import { Textarea, TextInput } from '@mantine/core'
import type { ScriptTexts } from '@parley/protocol'
import type { FormContext } from './form-context.ts'

interface Props {
  context: FormContext
  label: string
  description?: string
  texts: ScriptTexts | undefined
  isLine?: boolean
  error?: string | undefined
  maxLength?: number
  onChange(texts: ScriptTexts): void
}

/** A text in the language that is shown; the first language stands behind it for who translates. */
export function TextsField({ context, label, description, texts, isLine, error, maxLength = 2_000, onChange }: Props) {
  const { shown, script } = context.editor
  const props = {
    label,
    description,
    value: texts?.[shown] ?? '',
    placeholder: shown === script.language ? '' : (texts?.[script.language] ?? ''),
    error,
    maxLength,
    lang: shown,
    dir: 'auto' as const,
  }
  const set = (value: string) => onChange({ ...texts, [shown]: value })
  return isLine ? (
    <TextInput {...props} onChange={(event) => set(event.currentTarget.value)} />
  ) : (
    <Textarea {...props} autosize minRows={2} maxRows={8} onChange={(event) => set(event.currentTarget.value)} />
  )
}
