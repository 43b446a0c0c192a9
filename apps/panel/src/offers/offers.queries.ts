import type { AnswerOfferRequest, AnswerOfferResponse, OfferView } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

const key = ['offers'] as const

export const useOffers = () =>
  useQuery({
    queryKey: key,
    queryFn: ({ signal }) => askOrThrow<OfferView[]>('/api/desk/offers', { signal }),
    // The server says when something changes; this is for a hint that was lost.
    refetchInterval: 60_000,
  })

export function useOfferCalls() {
  const queries = useQueryClient()
  const reread = () => queries.invalidateQueries({ queryKey: key })
  return {
    async answer(offer: string, request: AnswerOfferRequest): Promise<Answer<AnswerOfferResponse>> {
      const answer = await ask<AnswerOfferResponse>(`/api/desk/offers/${offer}/answer`, {
        method: 'POST',
        body: request,
      })
      await reread()
      return answer
    },
    async decline(offer: string): Promise<Answer<unknown>> {
      const answer = await ask<unknown>(`/api/desk/offers/${offer}/decline`, { method: 'POST', body: {} })
      await reread()
      return answer
    },
  }
}
