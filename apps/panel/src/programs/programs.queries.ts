import type { ProgramDelivery, ProgramPage, ProgramView } from '@parley/protocol'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Ask, ask, askOrThrow } from '../api/ask.ts'

const root = '/api/desk/admin/programs'
const key = ['admin', 'programs'] as const

export const usePrograms = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => askOrThrow<ProgramView[]>(root, { signal }) })

export const useProgramLog = (program: string) =>
  useInfiniteQuery({
    queryKey: [...key, program, 'log'],
    queryFn: ({ signal, pageParam }) =>
      askOrThrow<ProgramPage<ProgramDelivery>>(`${root}/${program}/deliveries${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === null ? null : `?after=${encodeURIComponent(next)}`),
  })

/** One change of programs; all of them, and the log, are read again. */
export function useProgramCall() {
  const queries = useQueryClient()
  return async <T>(path: string, options: Ask): Promise<Answer<T>> => {
    const answer = await ask<T>(root + path, options)
    // An endpoint that was not kept may have failed meanwhile, too.
    await queries.invalidateQueries({ queryKey: key })
    return answer
  }
}
