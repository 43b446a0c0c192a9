import type { FormField } from '@parley/protocol'
import { useState } from 'preact/hooks'
import { t } from './text.ts'

const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

const keyboards = { text: 'text', email: 'email', phone: 'tel' } as const

export type Answers = Record<string, string>

/** What is wrong with the answers, by field. */
export function judgeAnswers(fields: readonly FormField[], answers: Answers): Record<string, 'missing' | 'badEmail'> {
  const problems: Record<string, 'missing' | 'badEmail'> = {}
  for (const { name, kind, required } of fields) {
    const answer = (answers[name] ?? '').trim()
    if (!answer && required) problems[name] = 'missing'
    else if (answer && kind === 'email' && !emailShape.test(answer)) problems[name] = 'badEmail'
  }
  return problems
}

interface Props {
  /** Prefix of ids, unique in the window. */
  id: string
  fields: readonly (FormField & { labels?: Record<string, string> })[]
  submit: string
  /** A text is a refusal, shown below. */
  onSubmit: (answers: Answers) => Promise<string | null>
}

/** A small form: before a conversation, in one when a responder asks, and in the panels. */
export function Fields({ id, fields, submit, onSubmit }: Props) {
  const [answers, setAnswers] = useState<Answers>({})
  const [problems, setProblems] = useState<Record<string, 'missing' | 'badEmail'>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    const found = judgeAnswers(fields, answers)
    setProblems(found)
    const [first] = Object.keys(found)
    if (first) document.getElementById(`${id}-${first}`)?.focus()
    if (first || isBusy) return
    setBusy(true)
    const given = Object.entries(answers).filter(([, answer]) => answer.trim())
    setRefusal(await onSubmit(Object.fromEntries(given.map(([name, answer]) => [name, answer.trim()]))))
    setBusy(false)
  }

  return (
    <form class="fields" noValidate onSubmit={(event) => void send(event)}>
      {fields.map(({ name, label, kind, required, choices, labels }) => {
        const problem = problems[name]
        const common = {
          id: `${id}-${name}`,
          value: answers[name] ?? '',
          required,
          'aria-invalid': problem ? true : undefined,
          'aria-describedby': problem ? `${id}-${name}-problem` : undefined,
          onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
            setAnswers({ ...answers, [name]: currentTarget.value }),
        }
        return (
          <div key={name}>
            <label for={common.id}>
              {label} {!required && <small>{t('optional')}</small>}
            </label>
            {kind === 'choice' ? (
              <select {...common}>
                <option value="">{t('choose')}</option>
                {choices?.map((choice) => (
                  <option key={choice} value={choice}>
                    {labels?.[choice] ?? choice}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...common}
                inputMode={keyboards[kind]}
                dir="auto"
                maxLength={2000}
                autocomplete={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'on'}
              />
            )}
            {problem && (
              <p class="problem" id={`${id}-${name}-problem`}>
                {t(problem)}
              </p>
            )}
          </div>
        )
      })}
      {refusal !== null && (
        <p class="problem" role="alert">
          {refusal || t('wrong')}
        </p>
      )}
      <button type="submit" class="main" disabled={isBusy}>
        {submit}
      </button>
    </form>
  )
}
