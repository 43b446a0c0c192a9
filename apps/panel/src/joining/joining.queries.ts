import type {
  JoinConfirmResponse,
  JoinInvitationView,
  JoinPageView,
  JoinRequest,
  JoinResponse,
  MembershipRequest,
  MembershipView,
} from '@parley/protocol'
import { useQuery } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

export const useJoinPage = (key: string, language: string) =>
  useQuery({
    queryKey: ['join', key, language],
    queryFn: ({ signal }) =>
      askOrThrow<JoinPageView>(`/api/join/${encodeURIComponent(key)}?language=${language}`, { signal }),
  })

export const joinCalls = (key: string) => {
  const path = `/api/join/${encodeURIComponent(key)}`
  return {
    lookAt: (invitation: string): Promise<Answer<JoinInvitationView>> =>
      ask(`${path}/invitation`, { method: 'POST', body: { invitation } }),
    begin: (body: JoinRequest): Promise<Answer<JoinResponse>> => ask(path, { method: 'POST', body }),
    confirm: (body: { key: string; code: string }, language: string): Promise<Answer<JoinConfirmResponse>> =>
      ask(`${path}/confirm?language=${language}`, { method: 'POST', body }),
  }
}

export const membershipCall = (body: MembershipRequest & { language: string }): Promise<Answer<MembershipView>> =>
  ask('/api/join/membership', { method: 'POST', body })
