import { useQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

/** One thing that was done to the structure, latest first. */
export interface DoneView {
  operation: string
  name: string
  /** Null where they are none of the account's any more. */
  by: string | null
  you: boolean
  at: string
  undoable: boolean
  undone: boolean
}

export const useDone = (conversation: string) =>
  useQuery({
    queryKey: ['operations', conversation],
    queryFn: ({ signal }) =>
      askOrThrow<DoneView[]>(`/api/desk/operations?conversation=${encodeURIComponent(conversation)}`, { signal }),
    staleTime: 0,
  })
