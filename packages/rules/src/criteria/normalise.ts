import type { About } from './criteria.ts'
import { foldText } from './fold-text.ts'
import { foldUrl } from './matches-pattern.ts'

/**
 * A wish in the form in which it is compared. For everything but `url` (a pattern), `words` (a phrase) and numbers it is met by a fact
 * exactly if it is among the fact's `keysOf`; so an index of wishes by this text finds them.
 */
export function normalise(about: About, wanted: string): string {
  if (about === 'language') return primaryLanguage(wanted)
  if (about === 'region') return foldRegion(wanted)
  if (about === 'network') return foldNetwork(wanted)
  if (about === 'url') return foldUrl(wanted)
  return foldText(wanted)
}

/** Every wish that a known value meets, normalised. Empty if the value says nothing. Not for `url` and `words`. */
export function keysOf(about: About, value: string): string[] {
  if (about === 'region') return regionsAbove(value)
  if (about === 'network') return networksAbove(value)
  const key = normalise(about, value)
  return key === '' ? [] : [key]
}

/** A place and all that it lies in: `US-AK` is in `US-AK` and `US`. */
export function regionsAbove(region: string): string[] {
  const parts = foldRegion(region).split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-')).filter((key) => key !== '')
}

/** A network and all that it belongs to: `lab.example.edu`, `example.edu`, `edu`. */
export function networksAbove(network: string): string[] {
  const parts = foldNetwork(network).split('.')
  return parts.map((_, index) => parts.slice(index).join('.')).filter((key) => key !== '')
}

// Two names of one language, where browsers say the one and people choose the other, or an older one.
const sameLanguage: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  iw: 'he',
  in: 'id',
  ji: 'yi',
  tl: 'fil',
  mo: 'ro',
}

/** `pt` of `pt-BR`. */
export function primaryLanguage(language: string): string {
  const primary = foldText(language).split(/[-_]/u, 1)[0] ?? ''
  return sameLanguage[primary] ?? primary
}

/** The number that a value tells; null if it tells none. Ungrouped, with a decimal point or comma: `1200`, `-3.5`, `3,5`. */
export function numberOf(value: string): number | null {
  const text = foldText(value)
  return /^[-+]?\d{1,15}([.,]\d{1,15})?$/u.test(text) ? Number(text.replace(',', '.')) : null
}

function foldRegion(region: string): string {
  return foldText(region).toUpperCase().replaceAll('_', '-')
}

function foldNetwork(network: string): string {
  return foldText(network)
    .replace(/^(\*\.|\.)+/u, '')
    .replace(/\.+$/u, '')
}
