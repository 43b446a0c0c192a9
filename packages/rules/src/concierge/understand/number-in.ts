import { foldText } from '../../criteria/fold-text.ts'
import { wordsOf } from '../../criteria/words-of.ts'
import { plainDigits } from './digits.ts'

/**
 * The one number in an answer, as people of a language write one: `1.250,50` in German, `1,250.50` in English, `1 250,5` in French,
 * `١٢`, `three`. Null when there is none, or more than one.
 */
export function numberIn(text: string, language: string): number | null {
  const plain = plainDigits(text.slice(0, 2_000))
  const found = [...plain.matchAll(written)].map(([number]) => number)
  const numbers = found.map((number) => amountOf(number, language))
  if (numbers.length === 1) return numbers[0] ?? null
  return numbers.length === 0 ? numberWord(text) : null
}

// A run of digits, grouped or not. The groups are bounded, so there is nothing to try twice.
const written = /(?<![\p{L}\d])[-+]?\d{1,15}(?:[.,' \u00a0\u202f]\d{3}(?!\d)){0,4}(?:[.,]\d{1,10})?(?!\d)/gu

function amountOf(written: string, language: string): number | null {
  const text = written.replaceAll(/[' \u00a0\u202f]/gu, '')
  const points = text.split('.').length - 1
  const commas = text.split(',').length - 1
  const decimal = decimalOf(text, points, commas, language)
  const plain = text.replaceAll(decimal === ',' ? '.' : ',', '').replace(',', '.')
  // More than one decimal sign is no number.
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

function decimalOf(text: string, points: number, commas: number, language: string): '.' | ',' {
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  if (points > 1) return ','
  if (commas > 1) return '.'
  const sign = points === 1 ? '.' : ','
  const other = sign === '.' ? ',' : '.'
  // `1.250` is a thousand in one language and one and a quarter in another; `0.250` and `12.5` are the same in all.
  const isGroup = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(text) && sign !== ownDecimal(language)
  return isGroup ? other : sign
}

function ownDecimal(language: string): '.' | ',' {
  return /^(en|ja|ar|zh|ko|he|th)\b/.test(language.toLowerCase()) ? '.' : ','
}

function numberWord(text: string): number | null {
  const found = new Set(wordsOf(text).flatMap((word) => NUMBERS.get(word) ?? []))
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

// Nought to ten. What is an article too ("one of them", "ein") counts: whoever is asked for a number and writes "ein Hund" means one.
const NUMBERS: ReadonlyMap<string, number> = new Map(
  `zero one two three four five six seven eight nine ten
  null eins zwei drei vier fünf sechs sieben acht neun zehn
  zéro un deux trois quatre cinq six sept huit neuf dix
  cero uno dos tres cuatro cinco seis siete ocho nueve diez
  zero uno due tre quattro cinque sei sette otto nove dieci
  nul een twee drie vier vijf zes zeven acht negen tien
  zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć
  zero um dois três quatro cinco seis sete oito nove dez
  ноль один два три четыре пять шесть семь восемь девять десять
  صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة
  〇 一 二 三 四 五 六 七 八 九 十
  zero ein zwo drei vier fuenf sechs sieben acht neun zehn
  zero una deux três cuatro cinq sex siete otto nove dez
  none eine duas tre quattro cinque sei sept huit neuf dix`
    .split('\n')
    .flatMap((line) =>
      line
        .trim()
        .split(' ')
        .map((word, value) => [foldText(word), value] as const),
    ),
)
