import { randomInt } from 'node:crypto'

// Nothing that is mistaken for something else when it is read aloud or copied from paper.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Fifty bits: short enough to be typed from a sign, too many to be tried. */
export function randomCode(): string {
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
}

const shape = /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/

/** A word that somebody chose for a link, as it stands in the address; null when it is none. */
export function chosenCode(word: string): string | null {
  const code = word.trim().toLowerCase()
  return shape.test(code) ? code : null
}

/** The link that a page names in its own address: `https://homes.example/flat-7?parley-link=CODE`. */
export function codeInUrl(url: string | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  return chosenCode(new URL(url).searchParams.get('parley-link') ?? '')
}
