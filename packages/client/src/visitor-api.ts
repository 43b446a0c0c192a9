import type {
  AddAddressRequest,
  AddressView,
  ConfirmAddressRequest,
  ConversationView,
  CookieCheck,
  EnterConversation,
  EnterRequest,
  EnterResponse,
  FullMessage,
  HandOverRequest,
  HandOverResponse,
  LeaveRequest,
  PushKey,
  PushRequest,
  RecoveryResponse,
  SubscriptionView,
  TranscriptRequest,
  WidgetConfig,
} from '@parley/protocol'
import { type ApiOptions, enc, requester } from './request.ts'

/** The visitor's HTTP calls (http.ts says what each does). */
export function visitorApi(options: ApiOptions) {
  const request = requester(options)
  return {
    config: (siteKey: string, language: string) =>
      request<WidgetConfig>('GET', `/api/widget/${enc(siteKey)}?language=${enc(language)}`),
    cookie: () => request<CookieCheck>('GET', '/api/visitor/cookie'),
    enter: (body: EnterRequest) => request<EnterResponse>('POST', '/api/visitor/enter', body),
    beginConversation: (body: EnterConversation) =>
      request<ConversationView>('POST', '/api/visitor/conversation', body),
    leave: (body: LeaveRequest) => request<null>('POST', '/api/visitor/leave', body),
    handOver: (body: HandOverRequest) => request<HandOverResponse>('POST', '/api/visitor/hand-over', body),
    recovery: () => request<RecoveryResponse>('POST', '/api/visitor/recovery', {}),
    addresses: () => request<AddressView[]>('GET', '/api/visitor/addresses'),
    addAddress: (body: AddAddressRequest) => request<AddressView>('POST', '/api/visitor/addresses', body),
    confirmAddress: (body: ConfirmAddressRequest) =>
      request<AddressView>('POST', '/api/visitor/addresses/confirm', body),
    removeAddress: (id: string) => request<null>('DELETE', `/api/visitor/addresses/${enc(id)}`),
    transcript: (body: TranscriptRequest) => request<null>('POST', '/api/visitor/transcript', body),
    push: {
      key: () => request<PushKey>('GET', '/api/push/key'),
      keep: (body: PushRequest & { page: string }) => request<SubscriptionView>('POST', '/api/visitor/push', body),
      look: (body: { endpoint: string }) => request<SubscriptionView>('POST', '/api/visitor/push/look', body),
      drop: (body: { endpoint: string }) => request<SubscriptionView>('POST', '/api/visitor/push/drop', body),
    },
    full: (message: string) => request<FullMessage>('GET', `/api/messages/${enc(message)}/full`),
  }
}
export type VisitorApi = ReturnType<typeof visitorApi>
