import { CloseButton } from '@mantine/core'
import type { ConversationView, TieView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useLive } from '../live/live.tsx'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { deedsIn } from './deeds.model.ts'
import { endsOf } from './links.model.ts'
import { sayConversation, sayThing } from './say-thing.ts'
import { useToast } from './toast.tsx'
import { problemText, usePerform } from './use-perform.ts'

/** What a conversation is linked with, and a button that unties the two. */
export function LinkMark({ conversation, link }: { conversation: ConversationView; link: TieView }) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const show = useToast()
  const role = useMe().data?.role ?? 'responder'
  const other = live.conversations.find(({ id }) => id === link.conversation)
  const ends = endsOf(conversation, link)
  // What is too old for the list is opened all the same, and says then what it is.
  const whole = other ? sayConversation(other, say) : say('details.another')
  const what = link.of === 'conversation' || !ends ? whole : sayThing(ends.b, live.conversations, say) || whole
  async function unlink() {
    const answer = await perform('unlink', ends ?? {}, say('structure.unlinked'))
    if (!answer.ok) show({ text: problemText(answer.problem, say) })
  }
  return (
    <span className="mark link-mark">
      <Link to="/conversations/$conversation" params={{ conversation: link.conversation }}>
        {say('structure.linkedWith', { what })}
      </Link>
      {ends && deedsIn(conversation.interactions, role).has('rearrange') && (
        <CloseButton size={24} aria-label={say('structure.unlinkWhat', { what })} onClick={() => void unlink()} />
      )}
    </span>
  )
}
