import type { ReadingExamples, ReadingView } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Ask, ask, askOrThrow } from '../api/ask.ts'

const key = ['admin', 'reading'] as const
const place = '/api/desk/admin/reading'

/** While something is being learned it is looked for every few seconds. */
export const useReading = () =>
  useQuery({
    queryKey: [...key, 'view'],
    queryFn: ({ signal }) => askOrThrow<ReadingView>(place, { signal }),
    refetchInterval: ({ state }) => (state.data?.isLearning ? 3_000 : false),
  })

export const useExamples = (topic: string) =>
  useQuery({
    queryKey: [...key, 'examples', topic],
    queryFn: ({ signal }) => askOrThrow<ReadingExamples>(`${place}/topics/${topic}/examples`, { signal }),
  })

/** One change; whatever is shown is read again. */
export function useReadingCall() {
  const queries = useQueryClient()
  return async <T>(path: string, options: Ask): Promise<Answer<T>> => {
    const answer = await ask<T>(`${place}/${path}`, options)
    if (answer.ok) await queries.invalidateQueries({ queryKey: key })
    return answer
  }
}
