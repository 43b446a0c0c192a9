import { findIdentities } from './identity/find-identities.ts'

/** A colour that can be read (contrast 4.5 or more) on white, and its lighter form for dark windows. */
export type AliasColour = { readonly name: string; readonly onLight: string; readonly onDark: string }

/** What the others in a conversation know a responder by. */
export type Alias = { readonly name: string; readonly colour: AliasColour }

/** How a site names its responders: by number ("Agent 1"), by a neutral word, or by the alias that the responder chose. */
export type AliasStyle =
  | { readonly kind: 'numbered'; readonly word: string }
  | { readonly kind: 'words' }
  | { readonly kind: 'own'; readonly alias: string | null; readonly word: string }

export const ALIAS_COLOURS: readonly AliasColour[] = [
  { name: 'blue', onLight: '#1d4ed8', onDark: '#93b4fd' },
  { name: 'orange', onLight: '#b03a00', onDark: '#fdb27a' },
  { name: 'green', onLight: '#15703a', onDark: '#7fdba3' },
  { name: 'purple', onLight: '#7e22ce', onDark: '#d0a8fb' },
  { name: 'teal', onLight: '#0b6b75', onDark: '#6fd6e0' },
  { name: 'pink', onLight: '#b3175f', onDark: '#f9a0c8' },
  { name: 'brown', onLight: '#7a4a1e', onDark: '#ddb892' },
  { name: 'red', onLight: '#b91c1c', onDark: '#fca5a5' },
  { name: 'olive', onLight: '#5b6412', onDark: '#cdd67a' },
  { name: 'slate', onLight: '#475569', onDark: '#b6c2d1' },
]

// Trees: no nationality, no gender, no rank.
const WORDS =
  'Alder Aspen Beech Birch Cedar Cypress Elder Elm Hazel Holly Juniper Larch Laurel Linden Maple Oak Olive Pine Poplar Rowan Spruce Willow Yew'.split(
    ' ',
  )

const LONGEST = 40

/**
 * The alias and colour of a newcomer among those who are already in the window. The same seed (the participant's id) gives the same
 * answer; names never repeat, colours only when all are in use. A chosen alias that identifies somebody is not used.
 */
export function chooseAlias(seed: string, style: AliasStyle, taken: readonly Alias[]): Alias {
  const hash = fnv1a(seed)
  const names = new Set(taken.map(({ name }) => fold(name)))
  return { name: chooseName(style, hash, names), colour: chooseColour(hash, taken) }
}

/**
 * What tells a visitor without a name from another: four figures, and a place in the palette of eight. The same for everyone who sees the
 * conversation, whenever they look; drawn from the conversation's random id, so that it says nothing about who asks or how many do.
 */
export function numberVisitor(conversation: string): { number: number; colour: number } {
  const hash = fnv1a(conversation)
  return { number: 1_000 + (hash % 9_000), colour: (hash >>> 13) % 8 }
}

function chooseName(style: AliasStyle, hash: number, taken: ReadonlySet<string>): string {
  if (style.kind === 'words') {
    const free = startingAt(WORDS, hash).find((word) => !taken.has(fold(word)))
    return free ?? firstFree(WORDS[hash % WORDS.length] ?? 'Oak', taken, 2)
  }
  if (style.kind === 'numbered') return firstFree(style.word, taken, 1)
  const own =
    style.alias
      ?.normalize('NFC')
      .replaceAll(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, LONGEST) ?? ''
  if (own === '' || findIdentities(own, { countries: [] }).length > 0) return firstFree(style.word, taken, 1)
  return taken.has(fold(own)) ? firstFree(own, taken, 2) : own
}

function firstFree(word: string, taken: ReadonlySet<string>, from: number): string {
  for (let n = from; ; n++) {
    const name = `${word} ${n}`
    if (!taken.has(fold(name))) return name
  }
}

function chooseColour(hash: number, taken: readonly Alias[]): AliasColour {
  const uses = (colour: AliasColour) => taken.filter((other) => other.colour.name === colour.name).length
  return startingAt(ALIAS_COLOURS, hash >>> 8).reduce((best, colour) => (uses(colour) < uses(best) ? colour : best))
}

const startingAt = <T>(list: readonly T[], hash: number): T[] => {
  const at = hash % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

const fold = (name: string): string => name.normalize('NFKC').toLowerCase()

// FNV-1a, 32 bits: spreads, and is not a secret.
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
