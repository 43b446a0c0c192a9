import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { askOrThrow } from '../api/ask.ts'
import { useTopics } from '../settings/me.queries.ts'
import type { Names } from './say-script.model.ts'

type Named = readonly { readonly id: string; readonly name: string }[]

/** Where a list cannot be had, ids stand in its place: a script can be edited without it. */
const useNamed = (what: 'people' | 'teams') =>
  useQuery({
    queryKey: ['admin-names', what],
    queryFn: ({ signal }) => askOrThrow<Named>(`/api/desk/admin/${what}`, { signal }),
    staleTime: 300_000,
    retry: false,
  }).data

export function useNames(): Names {
  const topics = useTopics().data
  const people = useNamed('people')
  const teams = useNamed('teams')
  return useMemo(
    () => ({
      topics: new Map(topics?.map(({ id, name, siteName }) => [id, `${name} · ${siteName}`])),
      people: byId(people),
      teams: byId(teams),
    }),
    [topics, people, teams],
  )
}

const byId = (all: Named | undefined) => new Map(Array.isArray(all) ? all.map(({ id, name }) => [id, name]) : [])
