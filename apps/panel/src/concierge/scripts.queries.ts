import type {
  ChangeScript,
  SaveScript,
  Script,
  ScriptFunnel,
  ScriptList,
  ScriptProblem,
  ScriptView,
  TriedScript,
  TryScript,
} from '@parley/protocol'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow } from '../api/ask.ts'

const key = ['scripts'] as const
const path = '/api/desk/admin/scripts'

export const useScripts = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => askOrThrow<ScriptList>(path, { signal }) })

const scriptQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id],
    queryFn: ({ signal }) => askOrThrow<ScriptView>(`${path}/${id}`, { signal }),
    // What is being edited does not change under the hand; saving is refused when it did elsewhere.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
export const useScript = (id: string) => useQuery(scriptQuery(id))

export const useFunnel = (id: string, version: number, days: number | null) =>
  useQuery({
    queryKey: [...key, id, 'funnel', version, days],
    queryFn: ({ signal }) =>
      askOrThrow<ScriptFunnel>(`${path}/${id}/funnel?version=${version}${days === null ? '' : `&days=${days}`}`, {
        signal,
      }),
  })

/** One version of it; the newest is there already. */
export const useVersion = (view: ScriptView, version: number) =>
  useQuery({
    queryKey: [...key, view.id, 'version', version],
    queryFn: ({ signal }) => askOrThrow<ScriptView>(`${path}/${view.id}?version=${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    ...(version === view.shown ? { initialData: view } : {}),
  })

/** The same script gives the same answer, so both are queries: what came late never overwrites what came after it. */
export const useCheck = (script: Script) =>
  useQuery({
    queryKey: ['script-check', script],
    queryFn: ({ signal }) =>
      askOrThrow<{ problems: ScriptProblem[] }>(`${path}/check`, { method: 'POST', body: { script }, signal }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  })

export const useTried = (trial: TryScript, isOpen: boolean) =>
  useQuery({
    queryKey: ['script-try', trial],
    queryFn: ({ signal }) => askOrThrow<TriedScript>(`${path}/try`, { method: 'POST', body: trial, signal }),
    enabled: isOpen,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  })

export function useScriptCalls() {
  const queries = useQueryClient()
  async function changed<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await call
    if (answer.ok) await queries.invalidateQueries({ queryKey: key, exact: true })
    return answer
  }
  return {
    read: (id: string, version?: number) =>
      ask<ScriptView>(`${path}/${id}${version === undefined ? '' : `?version=${version}`}`),
    create: (body: SaveScript) => changed(ask<ScriptView>(path, { method: 'POST', body })),
    save: (id: string, body: SaveScript) => changed(ask<ScriptView>(`${path}/${id}`, { method: 'PUT', body })),
    change: (id: string, body: ChangeScript) => changed(ask<ScriptView>(`${path}/${id}`, { method: 'PATCH', body })),
    order: (ids: string[]) => changed(ask<ScriptList>(`${path}/order`, { method: 'PUT', body: { ids } })),
    check: (script: Script) =>
      ask<{ problems: ScriptProblem[] }>(`${path}/check`, { method: 'POST', body: { script } }),
  }
}
