import type { AdminPerson, TeamView } from '@parley/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { askOrThrow } from '../api/ask.ts'
import { useTopics } from '../settings/me.queries.ts'
import { useWords } from '../words/words.tsx'
import type { Names } from './say-script.model.ts'

/** Where a list cannot be had, ids stand in its place: a script can be edited without it. */
const useList = <T>(what: 'people' | 'teams') =>
  useQuery({
    queryKey: ['script-names', what],
    queryFn: ({ signal }) => askOrThrow<T[]>(`/api/desk/admin/${what}`, { signal }),
    staleTime: 60_000,
    retry: false,
  }).data

export function useNames(): Names {
  const { language } = useWords()
  const topics = useTopics().data
  const people = useList<AdminPerson>('people')
  const teams = useList<TeamView>('teams')
  return useMemo(
    () => ({
      topics: new Map(topics?.map(({ id, name, siteName }) => [id, `${name} · ${siteName}`])),
      people: new Map(people?.map(({ id, alias }) => [id, alias])),
      teams: new Map(teams?.map(({ id, names }) => [id, names[language] ?? Object.values(names)[0] ?? id])),
    }),
    [topics, people, teams, language],
  )
}
