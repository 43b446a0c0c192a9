import { Text } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import type { Thing } from '../structure/dialogs.model.ts'
import { useCategories } from '../structure/fields.queries.ts'
import { useSay } from '../words/words.tsx'

/** What is told of it to somebody who may change none of it. */
export function DetailsShown({ conversation, what }: { conversation: ConversationView; what: Thing }) {
  const say = useSay()
  const { name, category, tags = [], folder, state } = shownOf(conversation, what)
  const categories = useCategories(category !== undefined).data?.categories ?? []
  const facts = [
    [say('structure.name'), name],
    [say('details.state'), say(state === 'closed' ? 'conversation.closed' : 'details.isOpen')],
    [say('structure.category'), categories.find(({ id }) => id === category)?.name],
    [say('structure.tags'), tags.join(', ')],
    [say('structure.folder'), folder],
  ] as const
  return (
    <>
      <Text size="sm" c="dimmed">
        {say('details.onlyShown')}
      </Text>
      <dl className="details-shown">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}

interface Shown {
  name?: string
  category?: string
  tags?: string[]
  folder?: string
  state?: string
}

function shownOf(conversation: ConversationView, what: Thing): Shown {
  if ('conversation' in what) return conversation
  if ('ticket' in what) return conversation.tickets?.find(({ id }) => id === what.ticket) ?? {}
  return conversation.interactions.find(({ id }) => id === what.interaction) ?? {}
}
