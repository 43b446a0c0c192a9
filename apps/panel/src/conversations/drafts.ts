import { useCallback, useSyncExternalStore } from 'react'
import { moveAttached, placesWithAttached } from './attached.ts'
import { conversationOf, type Drafts, draftsThatLead } from './drafts.model.ts'

const prefix = 'parley.desk.draft.'
const destinationPrefix = 'parley.desk.to.'
const listeners = new Set<() => void>()

/** What was typed and not sent survives a reload and a look elsewhere, in this browser only. */
export function readDraft(place: string): string {
  return localStorage.getItem(prefix + place) ?? ''
}

/** Everything that was begun, by where it is to be said. */
export function readDrafts(): Drafts {
  const places = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  return new Map(places.map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? '']))
}

/** What was begun in a conversation goes on in another; null: nowhere. */
export function leadDrafts(from: string, to: string | null): void {
  for (const [place, text] of draftsThatLead(readDrafts(), from, to)) keepDraft(place, text)
  for (const place of placesWithAttached()) {
    if (conversationOf(place) === from) moveAttached(place, to === null ? null : to + place.slice(from.length))
  }
  if (to !== null && readDestination(to) === null) keepDestination(to, readDestination(from))
  keepDestination(from, null)
}

/** What was begun for one place goes on at another, after what was begun there. */
export function moveDraft(from: string, to: string): void {
  const text = [readDraft(to), readDraft(from)].filter(Boolean).join('\n')
  keepDraft(from, '')
  keepDraft(to, text)
  moveAttached(from, to)
}

/** For whom the draft of a conversation is, by the key of that destination; null where there is none. */
export const readDestination = (conversation: string): string | null =>
  localStorage.getItem(destinationPrefix + conversation)

export function keepDestination(conversation: string, key: string | null): void {
  if (key === null) localStorage.removeItem(destinationPrefix + conversation)
  else keepItem(destinationPrefix + conversation, key)
}

function keepDraft(place: string, text: string): void {
  if (text === '') localStorage.removeItem(prefix + place)
  else keepItem(prefix + place, text)
  for (const listener of listeners) listener()
}

function keepItem(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A full storage costs the survival of a reload, not the typing.
  }
}

/** Takes out of a draft what was sent, and nothing that was written meanwhile. */
export function dropSent(place: string, sent: string): void {
  const text = readDraft(place)
  if (text.startsWith(sent)) keepDraft(place, text.slice(sent.length).trimStart())
}

/** Whoever signs out at a shared machine leaves no words behind. */
export function forgetDrafts(): void {
  for (const place of placesWithAttached()) moveAttached(place, null)
  for (const key of Object.keys(localStorage))
    if (/^parley\.desk\.(draft|to|unsent)\./.test(key)) localStorage.removeItem(key)
  for (const listener of listeners) listener()
}

export function useDraft(place: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(subscribe, () => readDraft(place))
  return [text, useCallback((next: string) => keepDraft(place, next), [place])]
}

/** Grows when any draft changes: for views of all of them. */
let version = 0
export const useDraftsVersion = () => useSyncExternalStore(subscribe, () => version)

function subscribe(listener: () => void): () => void {
  const both = () => {
    version += 1
    listener()
  }
  listeners.add(both)
  return () => listeners.delete(both)
}
