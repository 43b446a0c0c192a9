import type { AdminCategory, CategoriesView, FieldsView } from '@parley/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Ask, ask, askOrThrow } from '../api/ask.ts'
import type { Thing } from './dialogs.model.ts'

/** The account's list; what was retired comes too, for what still carries it. */
export const useCategories = (isWanted = true) =>
  useQuery({
    queryKey: ['categories'],
    enabled: isWanted,
    queryFn: ({ signal }) => askOrThrow<CategoriesView>('/api/desk/categories', { signal }),
  })

/** What the house has written beside a conversation, a ticket or an interaction. */
export const useFields = (what: Thing, isWanted = true) =>
  useQuery({
    queryKey: ['operations', 'fields', what],
    enabled: isWanted,
    queryFn: ({ signal }) => askOrThrow<FieldsView>(`/api/desk/fields?${new URLSearchParams({ ...what })}`, { signal }),
    staleTime: 0,
  })

export const useAdminCategories = () =>
  useQuery({
    queryKey: ['categories', 'admin'],
    queryFn: ({ signal }) => askOrThrow<AdminCategory[]>('/api/desk/admin/categories', { signal }),
  })

export function useCategoryCall() {
  const queries = useQueryClient()
  return async (path: string, options: Ask): Promise<Answer<AdminCategory>> => {
    const answer = await ask<AdminCategory>(`/api/desk/admin/categories${path}`, options)
    if (answer.ok) await queries.invalidateQueries({ queryKey: ['categories'] })
    return answer
  }
}
