import type { InteractionReaders } from '@parley/protocol'
import { useQuery } from '@tanstack/react-query'
import { askOrThrow } from '../api/ask.ts'

/** Who may read an interaction, and why; read anew after each operation. */
export const useReaders = (interaction: string) =>
  useQuery({
    queryKey: ['operations', 'rights', interaction],
    queryFn: async ({ signal }) =>
      (
        await askOrThrow<InteractionReaders>(`/api/desk/interactions/${encodeURIComponent(interaction)}/rights`, {
          signal,
        })
      ).readers,
    staleTime: 0,
  })
