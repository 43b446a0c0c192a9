import { domainToASCII, domainToUnicode } from 'node:url'

/** An identity, and how to see it in text or bytes however it is spaced, cased or accented. */
export type Needle = { identity: string; pattern: RegExp; bytes: Buffer[] }

export function needleFor(identity: string): Needle {
  const words = plainText(identity).trim()
  if (words.replace(/\W/g, '').length < 5 && words.length < 5) {
    throw new Error(`"${identity}" is too short to search for: it would be found by chance`)
  }
  const forms = isPhoneNumber(words) ? [phonePattern(words)] : writings(words).map(textPattern)
  const isWide = [...identity].some((char) => char.charCodeAt(0) > 255)
  return {
    identity,
    pattern: new RegExp(forms.join('|'), 'u'),
    // Latin text in UTF-16 is found by leaving its zero bytes out; other scripts have none.
    bytes: isWide ? [identity, identity.toLowerCase(), identity.toUpperCase()].flatMap(codings) : [],
  }
}

export type Sighting = { identity: string; around: string }

export function sightings(bytes: Buffer, needles: readonly Needle[]): Sighting[] {
  const texts = views(bytes)
  return needles.flatMap(({ identity, pattern, bytes: forms }) => {
    for (const text of texts) {
      const at = text.search(pattern)
      if (at >= 0) return [{ identity, around: text.slice(Math.max(0, at - 40), at + identity.length + 40) }]
    }
    return forms.some((form) => bytes.includes(form)) ? [{ identity, around: '(among bytes)' }] : []
  })
}

function views(bytes: Buffer): string[] {
  const latin = bytes.toString('latin1').replaceAll('\0', '')
  const utf8 = bytes.toString('utf8')
  const texts = isMostlyText(utf8) ? [folded(latin), plainText(utf8)] : [folded(latin)]
  // A document may change its letters' form in the middle of a word: <w:t>ana@</w:t><w:t>people.test</w:t>.
  const bare = texts.filter((text) => text.includes('<')).map((text) => text.replace(/<[^<>]{0,2000}>/g, ''))
  return [...new Set([...texts, ...bare])]
}

// Bringing noise into a normal form takes most of the time, and in noise only bytes are looked for.
function isMostlyText(text: string): boolean {
  let broken = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    broken += 1
    if (broken > 20 && broken > text.length / 50) return false
  }
  return true
}

function plainText(text: string): string {
  return folded(text.normalize('NFKC').replace(INVISIBLE, ''))
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\S ]+| {2,}/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replaceAll('\u00ad', '')
}

// Soft hyphen, zero-width characters, direction marks, word joiner, byte order mark.
const INVISIBLE = /\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|\ufeff/g

function writings(words: string): string[] {
  const forms = [words]
  const [first, last, ...more] = words.split(' ')
  if (first && last && more.length === 0) forms.push(`${last} ${first}`)
  const domain = /[^@\s/]+$/.exec(words)?.[0]
  if (domain?.includes('.')) {
    const before = words.slice(0, words.length - domain.length)
    for (const other of [domainToASCII(domain), domainToUnicode(domain)]) if (other) forms.push(before + other)
  }
  return [...new Set(forms)]
}

function textPattern(words: string): string {
  return words.split(' ').map(escaped).join('[ +_.,\\-]{0,3}')
}

function isPhoneNumber(words: string): boolean {
  return /^\+?[\d ().\-/]{7,}$/.test(words) && words.replace(/\D/g, '').length >= 7
}

function phonePattern(words: string): string {
  return words.replace(/\D/g, '').split('').join('[ ().\\-/]{0,3}')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function codings(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  return [Buffer.from(text), little, Buffer.from(little).swap16()]
}
