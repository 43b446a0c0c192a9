import type {
  BeginConversation,
  BegunConversation,
  OfferAnswered,
  PlaceInvitationView,
  ProgramConversation,
  ProgramCriteria,
  ProgramDelivery,
  ProgramEndpointView,
  ProgramEvent,
  ProgramMessages,
  ProgramOffer,
  ProgramPage,
  ProgramProblem,
  ProgramReplied,
  ProgramSaid,
  ProgramSecret,
  ProgramSelf,
  SayInConversation,
} from '@parley/protocol'
import type { FetchLike } from '../link.ts'

export interface ProgramsOptions {
  /** Where Parley is: `https://chat.example.org`. */
  baseUrl: string
  /** `parley_…`, as it was shown once. */
  key: string
  fetch?: FetchLike
}

/** Refusals are values. `offline` (status 0): there was no answer, or none of Parley's; whether it was done is unknown. */
export type ProgramsAnswer<T> = { ok: true; value: T } | { ok: false; problem: ProgramProblem }

/** For a request that may be repeated: the same key, chosen by you, is done once and answered alike for a day. */
export interface Once {
  idempotencyKey?: string
}

export interface PageOptions {
  after?: string
  limit?: number
}

/**
 * The interface for programs (`/api/v1`), typed; what each call does and needs stands in its description, `/api/v1/openapi.json`. Runs in
 * browsers and in Node, and needs nothing else.
 */
export function programsApi({ baseUrl, key, fetch: given }: ProgramsOptions) {
  const fetch = given ?? globalThis.fetch.bind(globalThis)

  async function request<T>(method: string, path: string, body?: unknown, once?: Once): Promise<ProgramsAnswer<T>> {
    const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${key}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (once?.idempotencyKey !== undefined) headers['idempotency-key'] = once.idempotencyKey
    try {
      const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const value: unknown = await response.json()
      return response.ok ? { ok: true, value: value as T } : { ok: false, problem: problemIn(value, response.status) }
    } catch {
      return { ok: false, problem: { title: 'Offline', status: 0, code: 'offline', detail: 'There was no answer.' } }
    }
  }
  const get = <T>(path: string, query: Record<string, string | number | undefined> = {}) =>
    request<T>('GET', path + queryOf(query))

  return {
    me: () => get<ProgramSelf>('/me'),

    conversations: (page: PageOptions = {}) => get<ProgramPage<ProgramConversation>>('/conversations', { ...page }),
    conversation: (id: string, as?: string) => get<ProgramConversation>(`/conversations/${enc(id)}`, { as }),
    /** The end of an interaction, or what follows (`after`) or precedes (`before`) a number. */
    messages: (conversation: string, of: { interaction: string; after?: number; before?: number; as?: string }) =>
      get<ProgramMessages>(`/conversations/${enc(conversation)}/messages`, { ...of }),
    begin: (body: BeginConversation, once?: Once) => request<BegunConversation>('POST', '/conversations', body, once),
    say: (conversation: string, body: SayInConversation, once?: Once) =>
      request<ProgramSaid>('POST', `/conversations/${enc(conversation)}/messages`, body, once),
    close: (conversation: string, as?: string) =>
      request<ProgramConversation>('POST', `/conversations/${enc(conversation)}/close`, as === undefined ? {} : { as }),

    offers: (state: 'open' | 'all' = 'open') => get<ProgramPage<ProgramOffer>>('/offers', { state }),
    answerOffer: (offer: string, text: string, once?: Once) =>
      request<OfferAnswered>('POST', `/offers/${enc(offer)}/answer`, { text }, once),
    /** What the program is asked into: it accepts or declines with `answer-invitation`. */
    invitations: () => get<ProgramPage<PlaceInvitationView>>('/invitations'),
    declineOffer: (offer: string) => request<object>('POST', `/offers/${enc(offer)}/decline`),
    /** Answers what came by webhook: `to` as it stood there. */
    reply: (to: string, text: string, once?: Once) => request<ProgramReplied>('POST', '/replies', { to, text }, once),

    criteria: () => get<ProgramCriteria>('/criteria'),
    saveCriteria: (body: ProgramCriteria) => request<ProgramCriteria>('PUT', '/criteria', body),

    endpoint: () => get<ProgramEndpointView>('/endpoint'),
    /** It is pinged at once, and has to answer with the challenge. */
    setEndpoint: (url: string) => request<ProgramEndpointView>('PUT', '/endpoint', { url }),
    testEndpoint: () => request<ProgramEndpointView>('POST', '/endpoint/test'),
    newSecret: () => request<ProgramSecret>('POST', '/endpoint/secret'),

    deliveries: (page: PageOptions = {}) => get<ProgramPage<ProgramDelivery>>('/deliveries', { ...page }),
    delivery: (id: string) => get<ProgramDelivery>(`/deliveries/${enc(id)}`),
    resend: (id: string) => request<ProgramDelivery>('POST', `/deliveries/${enc(id)}/resend`),
    events: (page: PageOptions = {}) => get<ProgramPage<ProgramEvent>>('/events', { ...page }),
  }
}

export type ProgramsApi = ReturnType<typeof programsApi>

const enc = encodeURIComponent

function queryOf(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

/** A proxy may answer with anything. */
function problemIn(value: unknown, status: number): ProgramProblem {
  const given = typeof value === 'object' && value !== null ? (value as Partial<ProgramProblem>) : {}
  return { title: 'Refused', code: 'unknown', detail: '', ...given, status }
}
