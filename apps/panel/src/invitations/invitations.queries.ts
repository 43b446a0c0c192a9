import type { InvitationsView } from '@parley/protocol'
import { useQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

export const useInvitations = () =>
  useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => askOrThrow<InvitationsView>('/api/desk/invitations', { signal }),
    // The server says when something changes; this is for a hint that was lost.
    refetchInterval: 60_000,
  })
