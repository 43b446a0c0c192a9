import { useSyncExternalStore } from 'react'

/** Messages that were sealed from this window: what a connection holds already is not sent anew for that. */
const sealed = new Set<string>()
const listeners = new Set<() => void>()

export function noteSealed(message: string): void {
  sealed.add(message)
  for (const listener of listeners) listener()
}

export const useWasSealedHere = (message: string): boolean => useSyncExternalStore(subscribe, () => sealed.has(message))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
