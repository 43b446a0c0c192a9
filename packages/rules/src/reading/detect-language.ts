import { cleanLine } from './clean-line.ts'

/** The language of a line as a primary BCP 47 tag, and how sure that is; null is an honest "cannot be told". */
export interface LanguageReading {
  readonly language: string | null
  readonly confidence: number
}

/**
 * `candidates` are the languages that the account's people speak: between two that are nearly as likely, one of those is taken. Any other
 * language is still named where the line says so.
 */
export type DetectLanguage = (text: string, candidates?: readonly string[]) => LanguageReading

/** Reads its tables on the first call: some 50 MB of heap and half a second. */
export async function loadLanguages(): Promise<DetectLanguage> {
  const { eld } = await import('eld/small')
  return (text, candidates = []) => {
    const line = cleanLine(text)
    const letters = line.match(LETTERS)?.length ?? 0
    if (letters < 2) return UNKNOWN
    const byScript = languageOfScript(line, candidates)
    if (byScript) return byScript
    const scores = Object.entries(eld.detect(line).getScores())
      .map(([language, score]) => ({ language, score: candidates.includes(language) ? score * OWN : score }))
      .sort((a, b) => b.score - a.score)
    const [first, second] = scores
    if (!first) return UNKNOWN
    const lead = second ? 1 - second.score / first.score : 1
    const confidence = sureness(lead, letters, candidates.includes(first.language))
    return confidence < LEAST ? { language: null, confidence } : { language: first.language, confidence }
  }
}

/** Scripts that one language alone writes, as far as anybody writes to a shop in it. */
function languageOfScript(line: string, candidates: readonly string[]): LanguageReading | null {
  for (const [script, language] of SCRIPTS) if (script.test(line)) return { language, confidence: 1 }
  if (!/\p{Script=Han}/u.test(line) || /[a-z]/i.test(line)) return null
  // A word or two in characters that Chinese and Japanese share; whole sentences in Japanese have others between them.
  const isShort = line.length <= 5
  const isJapanese = isShort && candidates.includes('ja') && !candidates.includes('zh')
  return { language: isJapanese ? 'ja' : 'zh', confidence: isShort ? 0.6 : 0.95 }
}

/** A logistic curve, fitted on short lines of known language: one that is well ahead in a long line is nearly always right. */
function sureness(lead: number, letters: number, isOwn: boolean): number {
  return 1 / (1 + Math.exp(-(-1 + 14 * lead + 0.08 * Math.min(letters, 30) + (isOwn ? 0.3 : 0))))
}

const UNKNOWN: LanguageReading = { language: null, confidence: 0 }
const LETTERS = /\p{L}/gu
const OWN = 1.03
const LEAST = 0.5

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Greek}{2}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/[іїєґ]/iu, 'uk'],
]
