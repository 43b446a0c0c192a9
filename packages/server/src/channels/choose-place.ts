import { readAll, readNew, readTag } from '@parley/rules'
import type { Place } from './read-places.ts'

export type ChosenPlace =
  /** What is said begins at `from`; `isAlone`: nothing is said but the tag. */
  | { readonly kind: 'place'; readonly place: Place; readonly from: number; readonly isAlone: boolean }
  /** Nobody but the writer knows which of these is meant. `isAlone`: nothing is said but a tag that is none. */
  | {
      readonly kind: 'ask'
      readonly among: readonly Place[]
      readonly isWrongTag: boolean
      readonly isAlone: boolean
      /** They are people in one conversation of the writer's, who may be answered one by one or all together. */
      readonly isPeople?: true
    }
  /** A conversation of the writer's own. */
  | { readonly kind: 'begin'; readonly from: number; readonly isAnew: boolean; readonly isAlone: boolean }
  /** There were several, and none goes on. */
  | { readonly kind: 'ended'; readonly place: Place }
  | { readonly kind: 'nobody' }

/**
 * Which of the writer's places on one number a text is meant for (A8): the one that the tag at its beginning names, or the only one there is.
 * Where it could be several it is asked and never guessed. `isPublic`: anyone may begin a conversation there.
 */
export function choosePlace(text: string, places: readonly Place[], { isPublic }: { isPublic: boolean }): ChosenPlace {
  const anew = isPublic ? readNew(text) : null
  if (anew) return { kind: 'begin', from: anew.at, isAnew: true, isAlone: anew.rest.trim() === '' }
  const read = readTag(
    text,
    places.map(({ tag }) => tag),
  )
  if (read.kind === 'tag') {
    const place = places.find(({ tag }) => tag === read.tag)
    if (place) return named(place, read, isPublic)
  }
  // Who asked in a conversation that has ended means the one that goes on, or a new one.
  const inUse = places.filter((place) => place.isOpen || (place.isInUse && !(isPublic && place.isAsker)))
  const [first] = inUse
  if (!first) return afterAll(places, isPublic)
  const among = onePerTarget(inUse)
  const isOne = among.length > 1 && inUse.every((place) => place.isAsker && place.conversation === first.conversation)
  const all = isOne ? readAll(text) : null
  if (all) {
    return { kind: 'place', place: toEveryone(first), from: all.at, isAlone: text.slice(all.at).trim() === '' }
  }
  const fresh = inUse.find(({ isNew, isOpen }) => isNew && isOpen)
  if (fresh && read.kind === 'no-tag') return { kind: 'place', place: fresh, from: 0, isAlone: false }
  const isWrongTag = read.kind === 'unknown-tag'
  if (among.length === 1) {
    if (isWrongTag && places.length > 1) return { kind: 'ask', among, isWrongTag, isAlone: read.isAlone }
    return { kind: 'place', place: first, from: 0, isAlone: false }
  }
  if (isOne && !first.privateAnswers) return { kind: 'place', place: toEveryone(first), from: 0, isAlone: false }
  const isAlone = isWrongTag && read.isAlone
  if (!isOne) return { kind: 'ask', among, isWrongTag, isAlone }
  // Everyone has a word of their own, which needs no tag.
  const people = among.filter((place) => place.leadsTo !== place.conversation)
  return { kind: 'ask', among: people, isWrongTag, isAlone, isPeople: true }
}

/** Wherever it stands, what is said there goes to all who are in the conversation with them. */
function toEveryone(place: Place): Place {
  return { ...place, relay: { ...place.relay, reach: 'all' } }
}

function named(place: Place, read: { rest: string; at: number }, isPublic: boolean): ChosenPlace {
  const isAlone = read.rest.trim() === ''
  if (isPublic && place.isAsker && !place.isOpen) return { kind: 'begin', from: read.at, isAnew: true, isAlone }
  return { kind: 'place', place, from: read.at, isAlone }
}

/** Nobody waits for anything: late for the only one, or the beginning of something. */
function afterAll(places: readonly Place[], isPublic: boolean): ChosenPlace {
  if (isPublic) return { kind: 'begin', from: 0, isAnew: false, isAlone: false }
  const [newest] = places
  if (!newest) return { kind: 'nobody' }
  return onePerTarget(places).length === 1
    ? { kind: 'place', place: newest, from: 0, isAlone: false }
    : { kind: 'ended', place: newest }
}

function onePerTarget(places: readonly Place[]): Place[] {
  const targets = new Map<string, Place>()
  for (const place of places) if (!targets.has(place.leadsTo)) targets.set(place.leadsTo, place)
  return [...targets.values()]
}
