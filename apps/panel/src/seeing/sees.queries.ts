import type { SeesConversation, SeesMessages, SeesPage } from '@parley/protocol'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

const pathOf = (person: string) => `/api/desk/admin/people/${encodeURIComponent(person)}/sees`

export const useSees = (person: string) =>
  useInfiniteQuery({
    queryKey: ['sees', person],
    queryFn: ({ pageParam, signal }) =>
      askOrThrow<SeesPage>(`${pathOf(person)}${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const useSeesConversation = (person: string, conversation: string) =>
  useQuery({
    queryKey: ['sees', person, conversation],
    queryFn: ({ signal }) => askOrThrow<SeesConversation>(`${pathOf(person)}/${conversation}`, { signal }),
    // Each look is recorded: one that nobody asked for is none.
    refetchOnWindowFocus: false,
    retry: false,
  })

export const useSeesMessages = (person: string, conversation: string, interaction: string, isWanted: boolean) =>
  useInfiniteQuery({
    queryKey: ['sees', person, conversation, interaction],
    queryFn: ({ pageParam, signal }) =>
      askOrThrow<SeesMessages>(
        `${pathOf(person)}/${conversation}/${interaction}${pageParam ? `?before=${pageParam}` : ''}`,
        { signal },
      ),
    initialPageParam: 0,
    // Newest page first: the next one lies before the first message of the last that came.
    getNextPageParam: (page) => (page.more ? (page.messages[0]?.n ?? null) : null),
    enabled: isWanted,
    refetchOnWindowFocus: false,
    retry: false,
  })
