import type { AdminPerson, AdminSite, JoiningView, LinkView, OwnAddressesView, TeamView } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Ask, ask, askOrThrow } from '../api/ask.ts'

type What = 'people' | 'teams' | 'links' | 'sites' | 'joining' | 'own-addresses'

const read = <T>(what: What) => ({
  queryKey: ['admin', what],
  queryFn: ({ signal }: { signal: AbortSignal }) => askOrThrow<T>(`/api/desk/admin/${what}`, { signal }),
})

export const usePeople = () => useQuery(read<AdminPerson[]>('people'))
export const useTeams = () => useQuery(read<TeamView[]>('teams'))
export const useLinks = () => useQuery(read<LinkView[]>('links'))
export const useSites = () => useQuery(read<AdminSite[]>('sites'))
export const useOwnAddresses = () => useQuery(read<OwnAddressesView>('own-addresses'))
export const useJoining = () => useQuery(read<JoiningView>('joining'))

/** One change that an administrator makes; what it touches is read again. */
export function useAdminCall() {
  const queries = useQueryClient()
  return async <T>(what: readonly What[], path: string, options: Ask): Promise<Answer<T>> => {
    const answer = await ask<T>(`/api/desk/admin/${path}`, options)
    if (answer.ok) await Promise.all(what.map((one) => queries.invalidateQueries({ queryKey: ['admin', one] })))
    return answer
  }
}
