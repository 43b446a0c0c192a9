import type { TriedScript, TryEvent } from '@parley/protocol'

/** So much has to pass until something happens by itself; a minute, where nothing is known to. */
export const passing = (tried: TriedScript | undefined): TryEvent => ({
  kind: 'passed',
  ms: Math.max(1, tried?.goesOnInMs ?? 60_000),
})

/** The most that the server plays. */
export const mostEvents = 200

/** What may be said next; null when nothing may. */
export function mayDo(tried: TriedScript | undefined, count: number): { say: boolean; pass: boolean } {
  if (!tried || count >= mostEvents) return { say: false, pass: false }
  const isOver = tried.then === 'handed-over' || tried.then === 'done'
  return { say: !isOver, pass: !isOver && tried.goesOnInMs !== undefined }
}
