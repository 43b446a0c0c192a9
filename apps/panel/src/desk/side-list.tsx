import { Badge, Button, NavLink, ScrollArea, Text } from '@mantine/core'
import type { Me } from '@parley/protocol'
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { ConversationRow } from '../conversations/conversation-row.tsx'
import { useConversationList } from '../conversations/use-conversation-list.ts'
import { useDraftsThatLead } from '../conversations/use-drafts-that-lead.ts'
import { useHeld } from '../held/held.queries.ts'
import { useInvitations } from '../invitations/invitations.queries.ts'
import { useLive } from '../live/live.tsx'
import { OfferRow } from '../offers/offer-row.tsx'
import { waiting } from '../offers/offers.model.ts'
import { useOffers } from '../offers/offers.queries.ts'
import { useDialogs } from '../structure/dialogs.tsx'
import { useSay } from '../words/words.tsx'
import { ConnectionState } from './connection-state.tsx'

export function SideList({ me }: { me: Me }) {
  const say = useSay()
  const live = useLive()
  const offers = useOffers()
  const held = useHeld()
  const invitations = useInvitations().data?.open ?? []
  const openDialog = useDialogs()
  const items = useConversationList()
  useDraftsThatLead()
  const open = waiting(offers.data ?? [])
  const chosen = useParams({ strict: false })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const isEmpty = live.isLoaded && items.length === 0
  return (
    <nav className="side" aria-label={say('desk.list')}>
      <header className="side-head">
        <div>
          <strong>{me.alias}</strong>
          <Text size="xs" c="dimmed">
            {me.state === 'paused' ? say('desk.paused') : say('desk.active')}
          </Text>
        </div>
        <ConnectionState />
      </header>
      <ScrollArea className="side-scroll" type="auto">
        <section aria-labelledby="waiting-title">
          <h2 id="waiting-title" className="side-title">
            {say('list.waiting')} {open.length > 0 && <Badge size="sm">{open.length}</Badge>}
          </h2>
          {open.length === 0 && (
            <Text size="sm" c="dimmed" className="side-empty">
              {say(me.state === 'paused' ? 'list.noneWaitingPaused' : 'list.noneWaiting')}
            </Text>
          )}
          <ul>
            {open.map((offer) => (
              <OfferRow key={offer.id} offer={offer} isChosen={chosen.offer === offer.id} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="mine-title">
          <div className="side-title-row">
            <h2 id="mine-title" className="side-title">
              {say('list.mine')}
            </h2>
            {me.role !== 'responder' && (
              <Button variant="subtle" size="compact-xs" onClick={() => openDialog({ kind: 'own-space' })}>
                {say('structure.newNote')}
              </Button>
            )}
          </div>
          {isEmpty && (
            <Text size="sm" c="dimmed" className="side-empty">
              {say('list.noneMine')}
            </Text>
          )}
          <ul>
            {items.map((item) => (
              <ConversationRow key={item.id} item={item} isChosen={chosen.conversation === item.id} />
            ))}
          </ul>
        </section>
      </ScrollArea>
      <footer className="side-foot">
        <NavLink component={Link} to="/search" active={path.endsWith('/search')} label={say('search.title')} />
        {(invitations.length > 0 || path.endsWith('/invitations')) && (
          <NavLink
            component={Link}
            to="/invitations"
            active={path.endsWith('/invitations')}
            label={say('invitations.title')}
            rightSection={invitations.length > 0 ? <Badge>{invitations.length}</Badge> : null}
          />
        )}
        {(me.role === 'supervisor' || me.role === 'administrator') && (
          <NavLink component={Link} to="/watch" active={path.endsWith('/watch')} label={say('watch.title')} />
        )}
        <NavLink
          component={Link}
          to="/held"
          active={path.endsWith('/held')}
          label={say('held.title')}
          rightSection={held.data && held.data.length > 0 ? <Badge color="orange.9">{held.data.length}</Badge> : null}
        />
        {me.role === 'administrator' && (
          <NavLink
            renderRoot={(props) => <Link to="/admin/$section" params={{ section: 'people' }} {...props} />}
            active={path.includes('/admin/')}
            label={say('admin.title')}
          />
        )}
        <NavLink component={Link} to="/settings" active={path.endsWith('/settings')} label={say('settings.title')} />
        <Button
          variant="subtle"
          size="compact-sm"
          className="side-help"
          onClick={() => window.dispatchEvent(new CustomEvent('parley:help'))}
        >
          {say('shortcuts.show')} <kbd>?</kbd>
        </Button>
      </footer>
    </nav>
  )
}
