import type { ScriptAnswer, ScriptChoice } from '@parley/protocol'

export function newAnswer(kind: string, language: string): ScriptAnswer {
  switch (kind) {
    case 'choice': {
      const first = newChoice([], language)
      return { kind, choices: [first, newChoice([first], language)] }
    }
    case 'yes-no':
    case 'date':
    case 'number':
      return { kind }
    case 'contact':
      return { kind, medium: 'email', consent: { [language]: '' } }
    default:
      return { kind: 'text' }
  }
}

/** With a value that none of the others has. */
export function newChoice(choices: readonly ScriptChoice[], language: string): ScriptChoice {
  for (let n = choices.length + 1; ; n += 1) {
    const value = `choice-${n}`
    if (!choices.some((one) => one.value === value)) return { value, label: { [language]: '' } }
  }
}
