import { ActionIcon, Badge, Button, Drawer, Loader, Text, Title } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import type { ConversationView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { joinParts } from '../desk/join-parts.model.ts'
import { Details } from '../details/details.tsx'
import { linesOf } from '../live/live.model.ts'
import { useLive } from '../live/live.tsx'
import { ConversationMenu } from '../structure/conversation-menu.tsx'
import { useIsDialogShown } from '../structure/dialogs.tsx'
import { DoneList } from '../structure/done-list.tsx'
import { useCategories } from '../structure/fields.queries.ts'
import { LinkMark } from '../structure/link-mark.tsx'
import { nothingPicked, type Picked, pick } from '../structure/pick.model.ts'
import { PickBar } from '../structure/pick-bar.tsx'
import { sayConversation } from '../structure/say-thing.ts'
import { SealedMark } from '../structure/sealed-mark.tsx'
import { StructureTree } from '../structure/structure-tree.tsx'
import { isBranched, treeOf, withInside } from '../structure/tree.model.ts'
import { useSay } from '../words/words.tsx'
import { useDeliveries } from './conversation.queries.ts'
import { ConversationComposer } from './conversation-composer.tsx'
import { troubles } from './deliveries.model.ts'
import { Deliveries } from './deliveries.tsx'
import { MessageLog } from './message-log.tsx'
import { OlderConversation } from './older-conversation.tsx'
import { useJump } from './use-jump.ts'

export function ConversationPage({ id, message }: { id: string; message: string | undefined }) {
  const say = useSay()
  const live = useLive()
  const conversation = live.conversations.find((one) => one.id === id)
  if (conversation) return <Conversation conversation={conversation} message={message} />
  if (!live.isLoaded) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return <OlderConversation id={id} message={message} />
}

type Sheet = 'deliveries' | 'tree' | 'details' | 'done'
const sheetWords = {
  deliveries: 'deliveries.title',
  tree: 'structure.title',
  details: 'details.title',
  done: 'structure.whatWasDone',
} as const

function Conversation({ conversation, message }: { conversation: ConversationView; message: string | undefined }) {
  const say = useSay()
  const live = useLive()
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [isTreeShown, setTreeShown] = useLocalStorage({ key: 'parley.desk.tree', defaultValue: true })
  const isWide = useMediaQuery('(min-width: 64em)', window.innerWidth >= 1024, { getInitialValueInEffect: false })
  const [focus, setFocus] = useState<string | null>(null)
  const [destination, setDestination] = useState<string | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const deliveries = useDeliveries(conversation.id)
  const held = useMemo(() => live.held(conversation), [live, conversation])
  const shown = useMemo(() => {
    if (focus === null) return held
    const inside = withInside(treeOf(conversation), focus)
    return inside.size === 0 ? held : held.filter(({ view }) => inside.has(view.id))
  }, [held, focus, conversation])
  const lines = useMemo(() => linesOf(shown), [shown])
  const earlier = shown.filter(({ base }) => (base ?? 0) > 0)
  const loadEarlier = () => {
    for (const { view } of earlier) live.client.readBefore(view.id)
  }
  const title = sayConversation(conversation, say)
  const stuck = troubles(deliveries.data ?? [])
  const isVisible = useIsVisible()
  const hasTree = isBranched(conversation)
  const isDialogShown = useIsDialogShown()
  const isBeside = hasTree && isWide && isTreeShown
  useJump(message, lines, earlier.length > 0 ? loadEarlier : null)

  useEffect(() => {
    document.title = `${title} · Parley`
  }, [title])
  useEffect(() => {
    if (!isVisible) return
    for (const { view, messages } of shown) live.markRead(view.id, messages.at(-1)?.n ?? 0)
  }, [shown, isVisible, live.markRead])

  const tree = (
    <StructureTree
      conversation={conversation}
      focus={focus}
      onFocus={(interaction) => {
        setFocus(interaction)
        setSheet(null)
        const view = conversation.interactions.find(({ id }) => id === interaction)
        if (view?.kind === 'backchannel') setDestination(`backchannel ${view.id}`)
      }}
    />
  )
  return (
    <section className="conversation" aria-label={say('conversation.with', { who: title })}>
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{title}</Title>
          <Marks conversation={conversation} />
        </div>
        {hasTree && (
          <Button
            variant={isBeside ? 'light' : 'default'}
            size="xs"
            {...(isWide ? { 'aria-pressed': isTreeShown } : {})}
            onClick={() => (isWide ? setTreeShown(!isTreeShown) : setSheet('tree'))}
          >
            {say('structure.title')}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          onClick={() => setSheet('deliveries')}
          rightSection={stuck > 0 ? <Badge color="red.9">{stuck}</Badge> : null}
        >
          {say('deliveries.title')}
        </Button>
        <ConversationMenu
          conversation={conversation}
          onDetails={() => setSheet('details')}
          onHistory={() => setSheet('done')}
          onSelect={() => setPicked(nothingPicked)}
        />
      </header>
      <div className="conversation-body" data-tree={isBeside}>
        <div className="conversation-main">
          <MessageLog
            conversation={
              focus === null ? conversation : { ...conversation, interactions: shown.map(({ view }) => view) }
            }
            lines={lines}
            unsent={live.unsent.filter((one) => isTo(one.to, conversation))}
            typing={live.typing(conversation)}
            deliveries={deliveries.data ?? []}
            picked={picked}
            onPick={(line) => setPicked((before) => pick(before ?? nothingPicked, line))}
            onRespond={({ view }) => setDestination(`backchannel ${view.id}`)}
            onEarlier={earlier.length > 0 ? loadEarlier : null}
          />
          {picked ? (
            <PickBar conversation={conversation} picked={picked} lines={lines} onClose={() => setPicked(null)} />
          ) : (
            <ConversationComposer conversation={conversation} chosen={destination} onChoose={setDestination} />
          )}
        </div>
        {isBeside && (
          <aside className="conversation-tree" aria-label={say('structure.title')}>
            {tree}
          </aside>
        )}
      </div>
      <Drawer
        opened={sheet !== null && !isDialogShown}
        returnFocus={!isDialogShown}
        onClose={() => setSheet(null)}
        position={sheet === 'tree' ? 'bottom' : 'right'}
        size={sheet === 'details' ? 'lg' : 'md'}
        title={sheet && say(sheetWords[sheet])}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        {sheet === 'deliveries' && <Deliveries conversation={conversation.id} query={deliveries} />}
        {sheet === 'tree' && tree}
        {sheet === 'details' && <Details conversation={conversation} />}
        {sheet === 'done' && <DoneList conversation={conversation.id} />}
      </Drawer>
    </section>
  )
}

/** What is known of it at a glance: topic, category, tags, folder, and whether it is closed or sealed. */
function Marks({ conversation }: { conversation: ConversationView }) {
  const say = useSay()
  const categories = useCategories(conversation.category !== undefined).data?.categories ?? []
  const { topic, category, folder, tags = [], links = [], state } = conversation
  const facts = joinParts([
    topic,
    categories.find(({ id }) => id === category)?.name,
    folder,
    state === 'closed' && say('conversation.closed'),
  ])
  return (
    <Text size="xs" c="dimmed" component="div" className="marks">
      {facts !== '' && <span>{facts}</span>}
      {conversation.sealed && <SealedMark />}
      {tags.map((tag) => (
        <bdi key={tag} className="mark">
          {tag}
        </bdi>
      ))}
      {links
        .filter((link) => link.conversation !== conversation.id)
        .map((link) => (
          <LinkMark key={`${link.from} ${link.id}`} conversation={conversation} link={link} />
        ))}
    </Text>
  )
}

export function BackToList() {
  const say = useSay()
  return (
    <ActionIcon component={Link} to="/" variant="subtle" className="back" aria-label={say('page.back')} size="lg">
      <span className="arrow" aria-hidden="true">
        ←
      </span>
    </ActionIcon>
  )
}

function isTo(to: { conversation: string } | { interaction: string }, conversation: ConversationView): boolean {
  return 'conversation' in to
    ? to.conversation === conversation.id
    : conversation.interactions.some((one) => one.id === to.interaction)
}

/** What lies in a hidden tab is not before anybody's eyes. */
function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isVisible
}
