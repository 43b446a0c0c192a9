import type { WatchPage } from '@parley/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

/** What goes on in the house, a page at a time. */
export const useWatch = () =>
  useInfiniteQuery({
    queryKey: ['watch'],
    queryFn: ({ pageParam, signal }) =>
      askOrThrow<WatchPage>(`/api/desk/watch${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  })
