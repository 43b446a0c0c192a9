import { Button, Text } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import type { Line } from '../live/live.model.ts'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { useDialogs } from './dialogs.tsx'
import { inOrderOf, type Picked } from './pick.model.ts'

interface Props {
  conversation: ConversationView
  picked: Picked
  lines: readonly Line[]
  onClose: () => void
}

/** In place of the composer while messages are chosen: what can be done with them. */
export function PickBar({ conversation, picked, lines, onClose }: Props) {
  const say = useSay()
  const open = useDialogs()
  const { interaction: from } = picked
  const messages = inOrderOf(picked, lines)
  const view = conversation.interactions.find(({ id }) => id === from)
  const role = useMe().data?.role ?? 'responder'
  const [only, ...more] = lines.filter(({ message }) => messages.includes(message.id))
  // One's own words, or any of what one watches over.
  const maySeal = only && (only.author?.you || role === 'supervisor' || role === 'administrator')
  const sealable = maySeal && more.length === 0 && !only.message.sealed ? only : null
  const ids = { conversation: conversation.id, messages }
  return (
    <div className="composer pick-bar" role="toolbar" aria-label={say('structure.selectMessages')}>
      <Text size="sm" role="status">
        {say('structure.picked', { count: messages.length })}
      </Text>
      <Button
        size="xs"
        disabled={!from || !view?.ticket}
        onClick={() =>
          from && view?.ticket && open({ kind: 'split-messages', ...ids, ticket: view.ticket, from }, onClose)
        }
      >
        {say('structure.splitTitle')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!from}
        onClick={() => from && open({ kind: 'copy', ...ids, from }, onClose)}
      >
        {say('structure.copyMenu')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!from || messages.length !== 1}
        onClick={() =>
          from &&
          open(
            {
              kind: 'backchannel',
              conversation: conversation.id,
              interaction: from,
              ...(messages[0] ? { message: messages[0] } : {}),
            },
            onClose,
          )
        }
      >
        {say('structure.openBackchannel')}
      </Button>
      {sealable && (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            open({ kind: 'seal', conversation: conversation.id, what: { message: sealable.message.id } }, onClose)
          }
        >
          {say('seal.message')}
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={onClose}>
        {say('page.cancel')}
      </Button>
    </div>
  )
}
