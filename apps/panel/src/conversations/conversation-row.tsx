import { Badge, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { shortTime } from '../desk/times.model.ts'
import { useMe } from '../settings/me.queries.ts'
import { useMergeDrag } from '../structure/merge-drag.tsx'
import { useWords } from '../words/words.tsx'
import { Face } from './face.tsx'
import type { ListItem } from './list.model.ts'

export function ConversationRow({ item, isChosen }: { item: ListItem; isChosen: boolean }) {
  const { language, say } = useWords()
  const role = useMe().data?.role ?? 'responder'
  const drag = useMergeDrag({ conversation: item.id }, role !== 'responder')
  const title = item.title || say(item.isOwn ? 'structure.ownSpace' : 'conversation.nobody')
  return (
    <li {...drag}>
      <Link
        draggable={false}
        to="/conversations/$conversation"
        params={{ conversation: item.id }}
        className="row"
        data-chosen={isChosen}
        data-unread={item.unread > 0}
        aria-current={isChosen ? 'page' : undefined}
      >
        <Face alias={title} colour={item.colour} />
        <span className="row-words">
          <span className="row-top">
            <bdi className="row-title">{title}</bdi>
            <time className="row-time" dateTime={item.at}>
              {shortTime(item.at, new Date(), language)}
            </time>
          </span>
          <span className="row-bottom">
            <span className="row-last">
              {item.hasDraft && <em className="row-draft">{say('list.draft')} </em>}
              {item.last?.isInside && <span className="row-inside">{say('structure.inside')} </span>}
              {item.last?.byYou && <span>{say('list.byYou')} </span>}
              <bdi>
                {item.last
                  ? item.last.text || say(item.last.isErased ? 'structure.erased' : 'list.attachment')
                  : item.isSilent && say('list.nothingSaid')}
              </bdi>
            </span>
            {item.unread > 0 && (
              <Badge size="sm" circle={item.unread < 10} aria-label={say('list.unread', { count: item.unread })}>
                {item.unread}
              </Badge>
            )}
          </span>
          {(item.topic || item.state === 'closed') && (
            <Text component="span" size="xs" c="dimmed" className="row-topic">
              {[item.topic, item.state === 'closed' ? say('conversation.closed') : null].filter(Boolean).join(' · ')}
            </Text>
          )}
        </span>
      </Link>
    </li>
  )
}
