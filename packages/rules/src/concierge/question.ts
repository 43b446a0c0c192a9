import type { Asked } from './holds.ts'
import { kindWords } from './kind-words.ts'
import type { RunSay } from './run.ts'
import type { AskStep, Script, StepId } from './script.ts'
import { speak, spokenLanguage } from './texts.ts'

/** How a question can be answered other than in free words. */
export function questionOf(script: Script, { text, answer }: AskStep, asked: Asked): NonNullable<RunSay['question']> {
  // In the language of the question, so that nobody reads an English question with German answers.
  const own = kindWords[spokenLanguage(script, text, asked)]
  switch (answer.kind) {
    case 'choice':
      return { kind: 'choice', choices: answer.choices.map(({ label }) => speak(script, label, asked)) }
    case 'yes-no':
      return { kind: 'choice', choices: [own.yes, own.no] }
    case 'contact':
      return {
        kind: 'contact',
        medium: answer.medium,
        consent: speak(script, answer.consent, asked),
        yes: own.yes,
        no: own.no,
      }
    default:
      return { kind: answer.kind }
  }
}

/** What is said before a question that is put again. */
export function againWords(script: Script, { text, answer }: AskStep, asked: Asked): string {
  const own = kindWords[spokenLanguage(script, text, asked)]
  const words = {
    text: own.againText,
    choice: own.againChoice,
    'yes-no': own.againYesNo,
    date: own.againDate,
    number: own.againNumber,
    contact: own.againEmail,
  }
  if (answer.kind === 'contact' && answer.medium !== 'email') {
    return answer.medium === 'sms' ? own.againPhone : own.againAddress
  }
  return words[answer.kind]
}

/** Where a question leads whose answer is known without asking. */
export function nextWhenKnown({ answer, next }: AskStep, value: string): StepId {
  if (answer.kind === 'choice') return answer.choices.find((choice) => choice.value === value)?.next ?? next
  if (answer.kind === 'yes-no' && value === 'yes') return answer.yes ?? next
  if (answer.kind === 'yes-no' && value === 'no') return answer.no ?? next
  return next
}
