import { ActionIcon, Badge, Button, Drawer, Loader, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ConversationView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { linesOf, othersIn } from '../live/live.model.ts'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { useDeliveries } from './conversation.queries.ts'
import { ConversationComposer } from './conversation-composer.tsx'
import { troubles } from './deliveries.model.ts'
import { Deliveries } from './deliveries.tsx'
import { MessageLog } from './message-log.tsx'

export function ConversationPage({ id }: { id: string }) {
  const say = useSay()
  const live = useLive()
  const conversation = live.conversations.find((one) => one.id === id)
  if (conversation) return <Conversation conversation={conversation} />
  if (!live.isLoaded) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return (
    <div className="nothing">
      <Title order={1}>{say('page.notThere')}</Title>
      <Text c="dimmed">{say('conversation.notThereWhy')}</Text>
      <Button component={Link} to="/" variant="default">
        {say('page.toDesk')}
      </Button>
    </div>
  )
}

function Conversation({ conversation }: { conversation: ConversationView }) {
  const say = useSay()
  const live = useLive()
  const [isOpen, panel] = useDisclosure(false)
  const deliveries = useDeliveries(conversation.id)
  const held = useMemo(() => live.held(conversation), [live, conversation])
  const lines = useMemo(() => linesOf(held), [held])
  const others = othersIn(conversation)
  const title = others.map((one) => one.alias).join(', ') || say('conversation.nobody')
  const stuck = troubles(deliveries.data ?? [])
  const isVisible = useIsVisible()

  useEffect(() => {
    document.title = `${title} · Parley`
  }, [title])
  useEffect(() => {
    if (!isVisible) return
    for (const { view, messages } of held) live.markRead(view.id, messages.at(-1)?.n ?? 0)
  }, [held, isVisible, live.markRead])

  return (
    <section className="conversation" aria-label={say('conversation.with', { who: title })}>
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{title}</Title>
          <Text size="xs" c="dimmed">
            {[conversation.topic, conversation.state === 'closed' ? say('conversation.closed') : null]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          onClick={panel.open}
          rightSection={stuck > 0 ? <Badge color="red.9">{stuck}</Badge> : null}
        >
          {say('deliveries.title')}
        </Button>
      </header>
      <MessageLog
        conversation={conversation}
        lines={lines}
        unsent={live.unsent.filter((one) => isTo(one.to, conversation))}
        typing={live.typing(conversation)}
        deliveries={deliveries.data ?? []}
      />
      <ConversationComposer conversation={conversation} />
      <Drawer
        opened={isOpen}
        onClose={panel.close}
        position="right"
        title={say('deliveries.title')}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Deliveries conversation={conversation.id} query={deliveries} />
      </Drawer>
    </section>
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
