import { useMemo } from 'react'
import { useLive } from '../live/live.tsx'
import { readDraft, useDraftsVersion } from './drafts.ts'
import { inOrder, type ListItem, listItem } from './list.model.ts'

export function useConversationList(): ListItem[] {
  const live = useLive()
  const drafts = useDraftsVersion()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft that changes elsewhere changes the list
  return useMemo(
    () => inOrder(live.conversations.map((one) => listItem(one, live.held(one), readDraft(one.id), live.readHere))),
    [live, drafts],
  )
}
