/**
 * Keeps something to one process at a time. Resolves when it is ours, however long that takes; rejects when `isStopping` aborts before.
 * `isLost` aborts when it is ours no more (the store that grants it cannot be reached, say), and then we stop using it at once.
 */
export type Lease = (name: string, isStopping: AbortSignal) => Promise<HeldLease>

export interface HeldLease {
  readonly isLost: AbortSignal
  release(): Promise<void>
}

/** For a single process. */
export const alwaysGranted: Lease = async () => ({
  isLost: new AbortController().signal,
  release: async () => undefined,
})
