import type { AttachmentView, ConversationView, DeliveryView, FullMessage, ResendResponse } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

const deliveriesKey = (conversation: string) => ['deliveries', conversation] as const

export const useDeliveries = (conversation: string) =>
  useQuery({
    queryKey: deliveriesKey(conversation),
    queryFn: ({ signal }) =>
      askOrThrow<DeliveryView[]>(`/api/desk/deliveries?conversation=${encodeURIComponent(conversation)}`, { signal }),
    refetchInterval: 60_000,
  })

export function useResend(conversation: string) {
  const queries = useQueryClient()
  return async (delivery: string): Promise<Answer<ResendResponse>> => {
    const answer = await ask<ResendResponse>(`/api/desk/deliveries/${delivery}/resend`, { method: 'POST', body: {} })
    await queries.invalidateQueries({ queryKey: deliveriesKey(conversation) })
    return answer
  }
}

export const useFullMessage = (message: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['full', message],
    queryFn: ({ signal }) => askOrThrow<FullMessage>(`/api/messages/${message}/full`, { signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** `isSealed`: for a message that is sealed by itself, kept so from the first moment on. */
export const upload = (file: File, isSealed = false): Promise<Answer<AttachmentView>> =>
  ask<AttachmentView>(`/api/uploads?name=${encodeURIComponent(file.name)}${isSealed ? '&sealed=1' : ''}`, {
    method: 'POST',
    body: file,
  })

/** One conversation as its reader sees it now, wherever it is listed. Not kept: the connection says what becomes of it. */
export const useOneConversation = (id: string) =>
  useQuery({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) =>
      askOrThrow<ConversationView>(`/api/desk/conversations/${encodeURIComponent(id)}`, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
