import type {
  CriteriaBody,
  CriteriaChoices,
  CriteriaView,
  TriedRequest,
  WhoWouldGetRequest,
  WhoWouldGetResponse,
  WouldIGetRequest,
  WouldIGetResponse,
} from '@parley/protocol'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

const pathOf = (person: string | null): string =>
  person === null ? '/api/desk/me/criteria' : `/api/desk/admin/responders/${person}/criteria`
const keyOf = (person: string | null) => ['criteria', person ?? 'me'] as const

/** `person`: null for one's own. */
export const useCriteria = (person: string | null) =>
  useQuery({
    queryKey: keyOf(person),
    queryFn: ({ signal }) => askOrThrow<CriteriaBody>(pathOf(person), { signal }),
    // What is being edited is not to change under somebody's hands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  })

export const useCriteriaChoices = () =>
  useQuery({
    queryKey: ['criteria-choices'],
    queryFn: ({ signal }) => askOrThrow<CriteriaChoices>('/api/desk/criteria-choices', { signal }),
    staleTime: 300_000,
  })

export function useSaveCriteria(person: string | null) {
  const queries = useQueryClient()
  return async (criteria: CriteriaView): Promise<Answer<CriteriaBody>> => {
    const answer = await ask<CriteriaBody>(pathOf(person), { method: 'PUT', body: { criteria } })
    if (!answer.ok) return answer
    queries.setQueryData(keyOf(person), answer.value)
    if (person === null) await queries.invalidateQueries({ queryKey: ['me'] })
    await queries.invalidateQueries({ queryKey: ['would-get'] })
    return answer
  }
}

/** Would you get this, with these wishes? */
export const useWouldIGet = (request: TriedRequest, criteria: CriteriaView) =>
  useQuery({
    queryKey: ['would-get', 'me', request, criteria],
    queryFn: ({ signal }) =>
      askOrThrow<WouldIGetResponse>('/api/desk/me/would-i-get', {
        method: 'POST',
        body: { request, criteria } satisfies WouldIGetRequest,
        signal,
      }),
    placeholderData: keepPreviousData,
  })

/** Everyone's verdict, page by page. */
export const useWhoWouldGet = (request: TriedRequest, instead: WhoWouldGetRequest['instead']) =>
  useInfiniteQuery({
    queryKey: ['would-get', 'all', request, instead],
    queryFn: ({ signal, pageParam }) =>
      askOrThrow<WhoWouldGetResponse>('/api/desk/admin/who-would-get', {
        method: 'POST',
        body: { request, from: pageParam, ...(instead ? { instead } : {}) } satisfies WhoWouldGetRequest,
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
