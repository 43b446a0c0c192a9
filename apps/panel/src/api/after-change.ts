import type { Changed } from '@parley/protocol'
import type { QueryClient } from '@tanstack/react-query'

/** The first part of every query's key says which of the server's hints is about it. */
export function afterChange(queries: QueryClient, what: Changed['what']): void {
  void queries.invalidateQueries({ queryKey: [what] })
  if (what === 'addresses') void queries.invalidateQueries({ queryKey: ['me'] })
}
