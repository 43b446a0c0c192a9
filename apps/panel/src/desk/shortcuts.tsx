import { Modal, Table } from '@mantine/core'
import { useDisclosure, useWindowEvent } from '@mantine/hooks'
import { useNavigate, useParams } from '@tanstack/react-router'
import { neighbour } from '../conversations/list.model.ts'
import { useConversationList } from '../conversations/use-conversation-list.ts'
import { useLive } from '../live/live.tsx'
import { waiting } from '../offers/offers.model.ts'
import { useOffers } from '../offers/offers.queries.ts'
import { useMe } from '../settings/me.queries.ts'
import { useDialogs } from '../structure/dialogs.tsx'
import { homeOf, unpackThing } from '../structure/merge.model.ts'
import { useSay } from '../words/words.tsx'
import { shortcutFor, shortcuts } from './shortcuts.model.ts'

export function Shortcuts() {
  const say = useSay()
  const navigate = useNavigate()
  const chosen = useParams({ strict: false })
  const offers = waiting(useOffers().data ?? [])
  const conversations = useConversationList()
  const openDialog = useDialogs()
  const live = useLive()
  const role = useMe().data?.role ?? 'responder'
  const [isOpen, help] = useDisclosure(false)
  const rows = [
    ...offers.map(({ id }) => ({ id, isOffer: true })),
    ...conversations.map(({ id }) => ({ id, isOffer: false })),
  ]

  function go(step: 1 | -1) {
    const id = neighbour(rows, chosen.offer ?? chosen.conversation ?? null, step)
    const row = rows.find((one) => one.id === id)
    if (!row) return
    void (row.isOffer
      ? navigate({ to: '/questions/$offer', params: { offer: row.id } })
      : navigate({ to: '/conversations/$conversation', params: { conversation: row.id } }))
  }

  useWindowEvent('parley:help' as keyof WindowEventMap, help.open)
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body
    const does = shortcutFor({
      key: event.key,
      hasModifier: event.ctrlKey || event.metaKey || event.altKey || event.isComposing,
      isTyping: target.isContentEditable || target.matches('input, textarea, select'),
      isInDialog:
        document.querySelector(
          '[role="dialog"], [role="menu"], [role="combobox"][aria-expanded="true"], .drag-ghost',
        ) !== null,
    })
    if (!does) return
    if (does !== 'back') event.preventDefault()
    switch (does) {
      case 'next':
        return go(1)
      case 'previous':
        return go(-1)
      case 'write':
        return document.querySelector<HTMLElement>('[data-composer]')?.focus()
      case 'back':
        return void (target.matches('[data-composer]') ? target.blur() : navigate({ to: '/' }))
      case 'settings':
        return void navigate({ to: '/settings' })
      case 'search':
        return void navigate({ to: '/search' })
      case 'merge': {
        // What has the focus, where that can become one with something; else what is open.
        const focused = unpackThing(target.closest<HTMLElement>('[data-merge]')?.dataset.merge ?? '')
        const from = focused ?? (chosen.conversation === undefined ? null : { conversation: chosen.conversation })
        const conversation = from && homeOf(from, live.conversations)
        if (conversation && role !== 'responder') openDialog({ kind: 'merge', conversation, from })
        return
      }
      case 'help':
        return help.open()
    }
  }
  // Before a dialog hears the key that closes it: what was open then decides.
  useWindowEvent('keydown', onKeyDown, { capture: true })

  return (
    <Modal
      opened={isOpen}
      onClose={help.close}
      title={say('shortcuts.title')}
      closeButtonProps={{ 'aria-label': say('page.close') }}
    >
      <Table>
        <Table.Tbody>
          {shortcuts.map(({ key, word }) => (
            <Table.Tr key={key}>
              <Table.Td>
                <kbd>{key === 'Escape' ? 'Esc' : key}</kbd>
              </Table.Td>
              <Table.Td>{say(word)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>
              <kbd>Enter</kbd>
            </Table.Td>
            <Table.Td>{say('shortcuts.send')}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td>
              <kbd>Ctrl</kbd> / <kbd>⌘</kbd> + <kbd>K</kbd>
            </Table.Td>
            <Table.Td>{say('structure.shortcut')}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td>
              <kbd>Shift</kbd> + <kbd>Enter</kbd>
            </Table.Td>
            <Table.Td>{say('shortcuts.newLine')}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
