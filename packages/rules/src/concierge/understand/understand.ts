import type { AnswerKind, AskStep, StepId } from '../script.ts'
import { addressIn } from './address-in.ts'
import { choiceOf } from './choice-of.ts'
import { dateIn } from './date-in.ts'
import { numberIn } from './number-in.ts'
import { yesOrNo } from './yes-or-no.ts'

/** What an answer in free words comes to. */
export type Understood =
  /** `isExact`: chosen from what was offered, so that it is surely meant as an answer. `next`: where this very answer goes on. */
  | { readonly kind: 'answer'; readonly value: string; readonly isExact: boolean; readonly next?: StepId }
  /** The visitor would rather not say, or has no answer. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'not-understood' }

/** How somebody writes who is asked. */
export interface Spoken {
  readonly language: string
  readonly region: string | null
}

/** An answer longer than this is kept so far. */
const longestKept = 500

export function understand(step: AskStep, text: string, spoken: Spoken, now: Date): Understood {
  const words = text.trim()
  const found = read(step.answer, words, spoken, now)
  if (found) return { kind: 'answer', ...found }
  if (declines(words)) return { kind: 'declined' }
  return { kind: 'not-understood' }
}

function read(
  answer: AnswerKind,
  words: string,
  spoken: Spoken,
  now: Date,
): { value: string; isExact: boolean; next?: StepId } | null {
  switch (answer.kind) {
    case 'text':
      return words === '' || declines(words) ? null : { value: words.slice(0, longestKept), isExact: false }
    case 'choice': {
      const chosen = choiceOf(words, answer.choices)
      if (!chosen) return null
      const { value, next } = chosen.choice
      return { value, isExact: chosen.isExact, ...(next === undefined ? {} : { next }) }
    }
    case 'yes-no': {
      const value = yesOrNo(words)
      const next = value === 'yes' ? answer.yes : answer.no
      return value === null ? null : { value, isExact: words.length <= 12, ...(next === undefined ? {} : { next }) }
    }
    case 'date': {
      const value = dateIn(words, spoken, now)
      return value === null ? null : { value, isExact: false }
    }
    case 'number': {
      const value = numberIn(words, spoken.language)
      const isWithin = value !== null && value >= (answer.from ?? -Infinity) && value <= (answer.to ?? Infinity)
      return isWithin ? { value: String(value), isExact: false } : null
    }
    case 'contact': {
      const value = addressIn(answer.medium, words, spoken.region)
      return value === null ? null : { value, isExact: false }
    }
  }
}

/** Whether somebody would rather not answer, or does not know: then nobody asks again. */
function declines(words: string): boolean {
  return DECLINES.has(
    words
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[’ʼ`´]/gu, "'")
      .replaceAll(/[^\p{L}\p{M}' ]+/gu, ' ')
      .replaceAll(/ +/gu, ' ')
      .trim(),
  )
}

const DECLINES: ReadonlySet<string> = new Set(
  `skip, skip it, pass, next, no idea, i don't know, don't know, idk, not sure, i'm not sure, no clue, rather not say, none of your business, i'd rather not say, i don't want to say, i do not know
  überspringen, weiter, weiß nicht, weiß ich nicht, ich weiß nicht, ich weiß es nicht, keine ahnung, keine angabe, sage ich nicht, möchte ich nicht sagen, egal
  passer, je passe, je ne sais pas, sais pas, aucune idée, je préfère ne pas le dire, suivant
  saltar, omitir, no sé, no lo sé, ni idea, prefiero no decirlo, siguiente
  salta, non so, non lo so, non saprei, preferisco non dirlo, nessuna idea, avanti
  overslaan, weet ik niet, ik weet het niet, weet niet, geen idee, zeg ik liever niet, volgende
  pomiń, nie wiem, nie mam pojęcia, wolę nie mówić, dalej
  pular, não sei, nao sei, não faço ideia, prefiro não dizer, próximo
  пропустить, не знаю, понятия не имею, не скажу, не хочу говорить, дальше
  تخطي, لا أعرف, لا اعرف, لا أدري, لا أريد أن أقول, التالي
  スキップ, わかりません, 分かりません, 知りません, わからない, 分からない, 言いたくない, 言いたくありません, 次へ`
    .split(/[,\n]/u)
    .map((phrase) => phrase.trim().normalize('NFKC')),
)
