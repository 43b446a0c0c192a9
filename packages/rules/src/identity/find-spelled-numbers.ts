import type { IdentitySpan } from './identity-span.ts'

/** Numbers spelled out to slip through: "five five five, one 2 three four", "null eins sieben eins …", "一三八零零一三八零零零". */
export function findSpelledNumbers(text: string): IdentitySpan[] {
  const found: IdentitySpan[] = []
  if (!BESIDE.test(text)) return found
  let run: Word[] = []
  const close = () => {
    const span = toNumber(run)
    if (span) found.push(span)
    run = []
  }
  for (const { index, 0: word } of text.matchAll(/\p{L}+|\d{1,4}/gu)) {
    const to = index + word.length
    const last = run.at(-1)
    if (last && !/^[\s,.;_-]{1,4}$/.test(text.slice(last.to, Math.min(index, last.to + 5)))) close()
    const digits = /\d/.test(word) ? word : DIGITS.get(word.toLowerCase())
    if (digits !== undefined) run.push({ from: index, to, digits, isSpelled: !/\d/.test(word) })
    else close()
  }
  close()
  for (const { index, 0: numerals } of text.matchAll(/[〇零一二三四五六七八九幺]{7,17}/g)) {
    const value = Array.from(numerals, (numeral) => '零一二三四五六七八九'.indexOf(ALIKE.get(numeral) ?? numeral)).join(
      '',
    )
    found.push({ from: index, to: index + numerals.length, kind: 'phone', value })
  }
  return found
}

/** Whether a text without a single figure may hold one of these: two digit words in a row. */
export const mayBeSpelled = (text: string): boolean => TWO_IN_A_ROW.test(text)

type Word = { readonly from: number; readonly to: number; readonly digits: string; readonly isSpelled: boolean }

function toNumber(run: readonly Word[]): IdentitySpan | null {
  let value = ''
  let times = 1
  for (const word of run) {
    if (word.digits.startsWith('x')) times = Number(word.digits.slice(1))
    else {
      value += word.digits.repeat(times)
      times = 1
    }
  }
  const first = run[0]
  const last = run.at(-1)
  const spelled = run.filter((word) => word.isSpelled).length
  if (!first || !last || spelled < 3 || value.length < 7 || value.length > 17) return null
  // Counting is not telling a number.
  if ('0123456789'.includes(value) || '9876543210'.includes(value)) return null
  return { from: first.from, to: last.to, kind: 'phone', value }
}

const ALIKE = new Map([
  ['〇', '零'],
  ['幺', '一'],
])

// Zero to nine; several words for one digit are joined by a slash.
const LANGUAGES = [
  'zero/oh/nought/naught one two three four five six seven eight nine',
  'null eins/ein zwei/zwo drei vier fünf/fuenf/funf sechs sieben acht neun',
  'zéro un deux trois quatre cinq six sept huit neuf',
  'cero uno dos tres cuatro cinco seis siete ocho nueve',
  'zero uno due tre quattro cinque sei sette otto nove',
  'zero um/uma dois/duas três/tres quatro cinco seis/meia sete oito nove',
  'nul een/één twee drie vier vijf zes zeven acht negen',
  'ноль/нуль один/раз два три четыре пять шесть семь восемь девять',
  'нуль один два три чотири пʼять/пять шість сім вісім девять',
  'zero jeden dwa trzy cztery pięć/piec sześć/szesc siedem osiem dziewięć/dziewiec',
  'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
  'صفر واحد اثنان/اثنين ثلاثة/ثلاث أربعة/اربعة خمسة/خمس ستة/ست سبعة/سبع ثمانية تسعة',
  'אפס אחת שתיים/שתים שלוש ארבע חמש שש שבע שמונה תשע',
]

const DIGITS = new Map<string, string>([
  ['double', 'x2'],
  ['triple', 'x3'],
  ...LANGUAGES.flatMap((language) =>
    language
      .split(' ')
      .flatMap((names, digit) => names.split('/').map((name): [string, string] => [name, String(digit)])),
  ),
])

const ANY_DIGIT = [...DIGITS.keys()].sort((a, b) => b.length - a.length).join('|')
const NUMERALS = '[〇零一二三四五六七八九幺]{7}'
const TWO_IN_A_ROW = new RegExp(
  `(?<!\\p{L})(?:${ANY_DIGIT})[\\s,.;_-]{1,4}(?:${ANY_DIGIT})(?!\\p{L})|${NUMERALS}`,
  'iu',
)
/** A digit word with another or with a figure behind it: every number with three such words in it has one. */
const BESIDE = new RegExp(`(?<!\\p{L})(?:${ANY_DIGIT})[\\s,.;_-]{1,4}(?:${ANY_DIGIT}|\\d)|${NUMERALS}`, 'iu')
