import { useCallback, useSyncExternalStore } from 'react'
import { type Drafts, draftsThatLead } from './drafts.model.ts'

const prefix = 'parley.desk.draft.'
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
}

function keepDraft(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(prefix + place)
    else localStorage.setItem(prefix + place, text)
  } catch {
    // A full storage costs the survival of a reload, not the typing.
  }
  for (const listener of listeners) listener()
}

/** Whoever signs out at a shared machine leaves no words behind. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage))
    if (/^parley\.desk\.(draft|unsent)\./.test(key)) localStorage.removeItem(key)
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
