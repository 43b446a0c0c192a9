import type { SearchResponse } from '@parley/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

export const useSearch = (q: string) =>
  useInfiniteQuery({
    queryKey: ['search', q],
    queryFn: ({ pageParam, signal }) =>
      askOrThrow<SearchResponse>(
        `/api/desk/search?q=${encodeURIComponent(q)}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: q !== '',
    staleTime: 0,
  })
