import type { ConversationView } from '@parley/protocol'
import { useEffect, useRef } from 'react'
import { ask } from '../api/ask.ts'
import { useLive } from '../live/live.tsx'
import { conversationsWithDrafts } from './drafts.model.ts'
import { leadDrafts, readDrafts } from './drafts.ts'

/**
 * Drafts for what is not listed any more: they go on where it goes on, and go with it when it is gone. Of each that is not listed the server
 * is asked once; what it does not answer is asked again at the next change.
 */
export function useDraftsThatLead(): void {
  const { conversations, isLoaded } = useLive()
  const asked = useRef(new Set<string>())
  useEffect(() => {
    if (!isLoaded) return
    const listed = new Set(conversations.map(({ id }) => id))
    for (const id of listed) asked.current.delete(id)
    for (const id of conversationsWithDrafts(readDrafts())) {
      if (listed.has(id) || asked.current.has(id)) continue
      asked.current.add(id)
      void ask<ConversationView>(`/api/desk/conversations/${encodeURIComponent(id)}`).then((answer) => {
        if (answer.ok) return answer.value.id === id ? undefined : leadDrafts(id, answer.value.id)
        if (answer.problem.reason === 'not-there') return leadDrafts(id, null)
        asked.current.delete(id)
      })
    }
  }, [conversations, isLoaded])
}
