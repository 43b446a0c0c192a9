import type { HeldView } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

const key = ['held'] as const

export const useHeld = () =>
  useQuery({
    queryKey: key,
    queryFn: ({ signal }) => askOrThrow<HeldView[]>('/api/desk/held', { signal }),
    refetchInterval: 60_000,
  })

export function useHeldCalls() {
  const queries = useQueryClient()
  return async (item: string, decision: 'release' | 'discard'): Promise<Answer<unknown>> => {
    const answer = await ask<unknown>(`/api/desk/held/${item}/${decision}`, { method: 'POST', body: {} })
    await queries.invalidateQueries({ queryKey: key })
    return answer
  }
}
