import { useCallback, useSyncExternalStore } from 'react'
import type { Attached } from './composer.model.ts'

const none: readonly Attached[] = []
const kept = new Map<string, readonly Attached[]>()
const listeners = new Set<() => void>()

/** What was attached and not sent stays with its draft, as long as the page does. */
export function useAttached(place: string) {
  const attached = useSyncExternalStore(subscribe, () => kept.get(place) ?? none)
  const change = useCallback(
    (how: (all: readonly Attached[]) => readonly Attached[]) => keep(place, how(kept.get(place) ?? none)),
    [place],
  )
  return [attached, change] as const
}

/** What became of an upload, wherever it has gone since it began. */
export function settleAttached(key: string, state: Attached['state']): void {
  for (const [place, all] of kept) {
    if (all.some((one) => one.key === key))
      keep(
        place,
        all.map((one) => (one.key === key ? { ...one, state } : one)),
      )
  }
}

/** What was attached for one place goes along to another; null: nowhere. */
export function moveAttached(from: string, to: string | null): void {
  const moved = kept.get(from) ?? none
  if (moved.length === 0 || from === to) return
  if (to !== null) keep(to, [...(kept.get(to) ?? none), ...moved])
  keep(from, none)
}

/** Everywhere that something is attached. */
export const placesWithAttached = (): string[] => [...kept.keys()]

function keep(place: string, attached: readonly Attached[]): void {
  if (attached.length === 0) kept.delete(place)
  else kept.set(place, attached)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
