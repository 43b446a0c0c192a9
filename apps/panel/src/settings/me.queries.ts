import type { AddressView, HoursView, Me, MediaView, MePatch, TopicView } from '@parley/protocol'
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => askOrThrow<Me>('/api/desk/me', { signal }),
})

export const useMe = () => useQuery(meQuery)

export const useTopics = () =>
  useQuery({
    queryKey: ['topics'],
    queryFn: ({ signal }) => askOrThrow<TopicView[]>('/api/desk/topics', { signal }),
    staleTime: 300_000,
  })

export const useMedia = () =>
  useQuery({
    queryKey: ['media'],
    queryFn: ({ signal }) => askOrThrow<MediaView>('/api/desk/media', { signal }),
    staleTime: 300_000,
  })

export function useChangeMe() {
  const queries = useQueryClient()
  return async (patch: MePatch): Promise<Answer<Me>> => {
    const answer = await ask<Me>('/api/desk/me', { method: 'PATCH', body: patch })
    if (answer.ok) queries.setQueryData(meQuery.queryKey, answer.value)
    return answer
  }
}

export function useAddressCalls() {
  const queries = useQueryClient()
  const call = (path: string, method: 'POST' | 'PATCH' | 'DELETE', body?: unknown) =>
    change(queries, path, method, body)
  return {
    add: (medium: string, value: string) => call('', 'POST', { medium, value }),
    confirm: (address: string, code: string) => call('/confirm', 'POST', { address, code }),
    move: (address: AddressView, position: number) => call(`/${address.id}`, 'PATCH', { position }),
    setForOffers: (address: AddressView, offers: boolean) => call(`/${address.id}`, 'PATCH', { offers }),
    setHours: (address: AddressView, hours: HoursView | null) => call(`/${address.id}`, 'PATCH', { hours }),
    test: (address: AddressView) => call(`/${address.id}/test`, 'POST', {}),
    remove: (address: AddressView) => call(`/${address.id}`, 'DELETE'),
  }
}
export type AddressCalls = ReturnType<typeof useAddressCalls>

async function change(
  queries: QueryClient,
  path: string,
  method: 'POST' | 'PATCH' | 'DELETE',
  body?: unknown,
): Promise<Answer<unknown>> {
  const answer = await ask<unknown>(`/api/desk/addresses${path}`, body === undefined ? { method } : { method, body })
  if (answer.ok) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
  return answer
}
