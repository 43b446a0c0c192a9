import type { Changed } from '@parley/protocol'
import type { QueryClient } from '@tanstack/react-query'

/** What holds words is emptied and asked for again; what only tells of them is asked for again where it stands. */
export function afterForgetting(queries: QueryClient): void {
  for (const key of ['full', 'search', 'sees']) void queries.resetQueries({ queryKey: [key] })
  for (const key of ['deliveries', 'operations', 'held', 'watch']) void queries.invalidateQueries({ queryKey: [key] })
}

/** The first part of every query's key says which of the server's hints is about it. */
export function afterChange(queries: QueryClient, what: Changed['what']): void {
  void queries.invalidateQueries({ queryKey: [what] })
  if (what === 'addresses') void queries.invalidateQueries({ queryKey: ['me'] })
}
