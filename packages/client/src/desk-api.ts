import type {
  AddAddressRequest,
  AddressView,
  AnswerOfferRequest,
  AnswerOfferResponse,
  ConfirmAddressRequest,
  ConversationView,
  DeliveryView,
  DeskToken,
  FullMessage,
  HeldView,
  Me,
  MePatch,
  OfferView,
  ResendResponse,
  TopicView,
} from '@parley/protocol'
import { type ApiOptions, enc, requester } from './request.ts'

/** The responder's HTTP calls (http.ts says what each does). */
export function deskApi(options: ApiOptions) {
  const request = requester(options)
  return {
    token: () => request<DeskToken>('POST', '/api/desk/token'),
    me: () => request<Me>('GET', '/api/desk/me'),
    changeMe: (patch: MePatch) => request<Me>('PATCH', '/api/desk/me', patch),
    topics: () => request<TopicView[]>('GET', '/api/desk/topics'),
    offers: () => request<OfferView[]>('GET', '/api/desk/offers'),
    answerOffer: (offer: string, body: AnswerOfferRequest) =>
      request<AnswerOfferResponse>('POST', `/api/desk/offers/${enc(offer)}/answer`, body),
    conversation: (id: string) => request<ConversationView>('GET', `/api/desk/conversations/${enc(id)}`),
    held: () => request<HeldView[]>('GET', '/api/desk/held'),
    deliveries: (conversation: string) =>
      request<DeliveryView[]>('GET', `/api/desk/deliveries?conversation=${enc(conversation)}`),
    resend: (delivery: string) => request<ResendResponse>('POST', `/api/desk/deliveries/${enc(delivery)}/resend`),
    addAddress: (body: AddAddressRequest) => request<AddressView>('POST', '/api/desk/addresses', body),
    confirmAddress: (body: ConfirmAddressRequest) => request<AddressView>('POST', '/api/desk/addresses/confirm', body),
    full: (message: string) => request<FullMessage>('GET', `/api/messages/${enc(message)}/full`),
  }
}
export type DeskApi = ReturnType<typeof deskApi>
