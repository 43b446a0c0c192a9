import { Badge, Text } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import { unreadOf } from '../live/live.model.ts'
import { useLive } from '../live/live.tsx'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { InteractionMenu } from './interaction-menu.tsx'
import { useMergeDrag } from './merge-drag.tsx'
import { sayInteraction, sayTicket } from './say-thing.ts'
import { SealedMark } from './sealed-mark.tsx'
import { TicketMenu } from './ticket-menu.tsx'
import { type InteractionBranch, type TicketBranch, treeOf, whoIsHere } from './tree.model.ts'

interface Props {
  conversation: ConversationView
  /** The interaction that alone is shown; null for all of them. */
  focus: string | null
  onFocus: (interaction: string | null) => void
}

/** A conversation as its tickets, interactions and backchannels: what is chosen is shown alone. */
export function StructureTree({ conversation, focus, onFocus }: Props) {
  const say = useSay()
  const role = useMe().data?.role ?? 'responder'
  return (
    <div className="tree">
      <button type="button" className="tree-all" aria-pressed={focus === null} onClick={() => onFocus(null)}>
        {say('structure.everything')}
      </button>
      <ul>
        {treeOf(conversation).map((branch, at) => (
          <Ticket
            key={branch.ticket?.id ?? 'none'}
            conversation={conversation}
            branch={branch}
            number={at + 1}
            focus={focus}
            onFocus={onFocus}
          />
        ))}
      </ul>
      {role !== 'responder' && (
        <Text size="xs" c="dimmed" className="tree-hint">
          {say('drag.how')}
        </Text>
      )}
    </div>
  )
}

function Ticket({ conversation, branch, number, focus, onFocus }: Props & { branch: TicketBranch; number: number }) {
  const say = useSay()
  const role = useMe().data?.role ?? 'responder'
  const { ticket } = branch
  const name = sayTicket(ticket, number, say)
  const drag = useMergeDrag({ ticket: ticket?.id ?? '' }, ticket !== null && role !== 'responder')
  return (
    <li className="tree-ticket">
      {ticket && (
        <div className="tree-head" {...drag}>
          <span className="tree-name">
            <bdi>{name}</bdi>
            {ticket.state === 'closed' && (
              <Badge size="xs" variant="default" className="state">
                {say('conversation.closed')}
              </Badge>
            )}
            {ticket.sealed && !conversation.sealed && <SealedMark />}
          </span>
          <TicketMenu conversation={conversation} branch={branch} name={name} />
        </div>
      )}
      <ul>
        {branch.interactions.map((one) => (
          <Interaction key={one.view.id} conversation={conversation} branch={one} focus={focus} onFocus={onFocus} />
        ))}
      </ul>
    </li>
  )
}

function Interaction({ conversation, branch, focus, onFocus }: Props & { branch: InteractionBranch }) {
  const say = useSay()
  const live = useLive()
  const role = useMe().data?.role ?? 'responder'
  const { view, inside } = branch
  const drag = useMergeDrag({ interaction: view.id }, role !== 'responder' && view.state === 'open')
  const unread = unreadOf(
    live.held(conversation).filter((one) => one.view.id === view.id),
    live.readHere,
  )
  const watchers = view.participants.filter(({ role: part, state }) => part === 'observer' && state === 'here')
  const isInside = view.kind === 'backchannel'
  const isTicketSealed = conversation.tickets?.some(({ id, sealed }) => id === view.ticket && sealed)
  return (
    <li className="tree-interaction" data-inside={isInside}>
      <div className="tree-row" data-chosen={focus === view.id} {...drag}>
        <button type="button" className="tree-button" aria-pressed={focus === view.id} onClick={() => onFocus(view.id)}>
          <span className="tree-name">
            <bdi>{sayInteraction(view, say)}</bdi>
            {unread > 0 && (
              <Badge size="xs" aria-label={say('list.unread', { count: unread })}>
                {unread}
              </Badge>
            )}
            {view.sealed && !conversation.sealed && !isTicketSealed && <SealedMark />}
          </span>
          <Text component="span" size="xs" c="dimmed" className="tree-who">
            {[
              view.name ? whoIsHere(view).join(', ') : null,
              isInside ? say('structure.notForVisitor') : null,
              watchers.length > 0
                ? say('structure.watching', {
                    who: watchers.map(({ alias, you }) => (you ? say('list.you') : alias)).join(', '),
                  })
                : null,
              view.mergedInto ? say('structure.goesOn') : view.state === 'closed' ? say('conversation.closed') : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </button>
        <InteractionMenu conversation={conversation} view={view} />
      </div>
      {inside.length > 0 && (
        <ul>
          {inside.map((one) => (
            <Interaction key={one.view.id} conversation={conversation} branch={one} focus={focus} onFocus={onFocus} />
          ))}
        </ul>
      )}
    </li>
  )
}
