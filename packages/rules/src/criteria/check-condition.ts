import type { About, Condition } from './criteria.ts'
import { type Complain, type CriteriaProblem, type Fields, isObject } from './criteria-problem.ts'
import { foldUrl } from './matches-pattern.ts'
import { normalise } from './normalise.ts'
import { phraseOf } from './words-of.ts'

/** In one condition. */
const mostValues = 500
const longestValue = 200
/** Addresses are longer than words. */
const longestPattern = 500
const longestName = 100
/** More stars tell nobody what a pattern is for. */
const mostStars = 20

type Path = CriteriaProblem['path']
type Named = Extract<Condition, { from?: number }>['about']

/** A condition that can be judged, its values trimmed and each there once; null after complaining. */
export function checkCondition(input: unknown, path: Path, complain: Complain): Condition | null {
  if (!isObject(input)) {
    complain(path, 'wrong-shape')
    return null
  }
  const { about } = input
  if (!isAbout(about)) {
    complain([...path, 'about'], 'unknown-about', { value: typeof about === 'string' ? about.slice(0, 100) : '' })
    return null
  }
  for (const key of Object.keys(input)) {
    if (!['about', 'oneOf', 'from', 'to'].includes(key)) complain([...path, key.slice(0, 100)], 'unknown-key')
  }
  if (input.oneOf === undefined && isNamed(about)) return checkBounds(about, input, path, complain)
  if (input.from !== undefined || input.to !== undefined) {
    complain(path, 'wrong-shape')
    return null
  }
  return checkValues(about, input.oneOf, [...path, 'oneOf'], complain)
}

const plain: readonly string[] = ['site', 'topic', 'product', 'language', 'region', 'url', 'network', 'words']

function isAbout(about: unknown): about is About {
  if (typeof about !== 'string') return false
  return (
    plain.includes(about) ||
    (/^(field|page|answer):(?=.*\S)/su.test(about.slice(0, longestName + 10)) && about.length <= longestName + 7)
  )
}

function isNamed(about: About): about is Named {
  return about.includes(':')
}

function checkBounds(about: Named, { from, to }: Fields, path: Path, complain: Complain): Condition | null {
  if (from === undefined && to === undefined) complain(path, 'no-bounds')
  else if (!isBound(from) || !isBound(to)) complain(path, 'not-a-number')
  else if (from !== undefined && to !== undefined && from > to) complain(path, 'bounds-crossed', { from, to })
  else return { about, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  return null
}

function isBound(bound: unknown): bound is number | undefined {
  return bound === undefined || Number.isFinite(bound)
}

function checkValues(about: About, list: unknown, path: Path, complain: Complain): Condition | null {
  if (list === undefined || (Array.isArray(list) && list.length === 0)) {
    complain(path, 'no-values')
    return null
  }
  if (!Array.isArray(list)) {
    complain(path, 'wrong-shape')
    return null
  }
  if (list.length > mostValues) {
    complain(path, 'too-many-values', { most: mostValues })
    return null
  }
  const values = new Map<string, string>()
  for (const [index, value] of list.entries()) {
    const text = checkValue(about, value, [...path, index], complain)
    if (text === null) continue
    const key =
      about === 'words'
        ? `${phraseOf(text).words.join(' ')}${phraseOf(text).isOpen ? '*' : ''}`
        : normalise(about, text)
    if (!values.has(key)) values.set(key, text)
  }
  return values.size === 0 ? null : { about, oneOf: [...values.values()] }
}

function checkValue(about: About, value: unknown, path: Path, complain: Complain): string | null {
  if (typeof value !== 'string') {
    complain(path, 'wrong-shape')
    return null
  }
  const text = value.trim()
  const most = about === 'url' ? longestPattern : longestValue
  const code = text.length > most ? 'too-long' : text === '' ? 'empty-value' : wrongWith(about, text)
  if (code === null) return text
  complain(path, code, code === 'too-long' ? { most } : { value: text })
  return null
}

function wrongWith(about: About, text: string) {
  if (about === 'words') return wrongWords(text)
  if (about === 'url') return isPattern(text) ? null : 'bad-pattern'
  if (about === 'language') return /^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,4}$/iu.test(text) ? null : 'bad-language'
  if (about === 'network') return isNetwork(normalise('network', text)) ? null : 'bad-network'
  return normalise(about, text) === '' ? 'empty-value' : null
}

function wrongWords(text: string) {
  if (phraseOf(text).words.length === 0) return 'no-word'
  return text.slice(0, -1).includes('*') ? 'star-inside' : null
}

// Without a host there is no address: `/garden/*` would fit no page. What fits every page wants nothing.
function isPattern(text: string): boolean {
  const pattern = foldUrl(text)
  const stars = pattern.split('*').length - 1
  return !/[\s\p{Cc}]/u.test(pattern) && !/^[/?#]/u.test(pattern) && stars <= mostStars && /[^*/]/u.test(pattern)
}

function isNetwork(name: string): boolean {
  return (
    name !== '' &&
    name.split('.').every((part) => /^[\p{L}\p{N}_]([\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?$/u.test(part))
  )
}
