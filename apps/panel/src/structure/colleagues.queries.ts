import type { ColleaguesView } from '@parley/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

/** Whom one can bring in: those whom the typed letters are about, or the first of all. */
export const useColleagues = (typed: string) =>
  useQuery({
    queryKey: ['colleagues', typed],
    queryFn: ({ signal }) =>
      askOrThrow<ColleaguesView>(`/api/desk/colleagues?q=${encodeURIComponent(typed)}`, { signal }),
    placeholderData: keepPreviousData,
  })
