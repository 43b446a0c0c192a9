import { Menu } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { ActionsMenu } from './actions-menu.tsx'
import { deedsIn } from './deeds.model.ts'
import { useDialogs } from './dialogs.tsx'
import { mergeTargets } from './merge.model.ts'
import { useToast } from './toast.tsx'
import type { TicketBranch } from './tree.model.ts'
import { problemText, usePerform } from './use-perform.ts'

/** What can be done to one ticket. */
export function TicketMenu({
  conversation,
  branch,
  name,
}: {
  conversation: ConversationView
  branch: TicketBranch
  name: string
}) {
  const say = useSay()
  const open = useDialogs()
  const perform = usePerform()
  const show = useToast()
  const role = useMe().data?.role ?? 'responder'
  const may = deedsIn(
    branch.interactions.map(({ view }) => view),
    role,
  )
  const { ticket } = branch
  if (!ticket) return null
  const what = { ticket: ticket.id }
  const isOpen = ticket.state !== 'closed' && conversation.state === 'open'
  const act = async (operation: string, done: string) => {
    const answer = await perform(operation, { what }, done)
    if (!answer.ok) show({ text: problemText(answer.problem, say) })
  }
  return (
    <ActionsMenu label={say('structure.actionsOn', { name })}>
      {isOpen && may.has('transfer') && (
        <Menu.Item onClick={() => open({ kind: 'transfer', conversation: conversation.id, ticket: ticket.id })}>
          {say('structure.transferTitle')}
        </Menu.Item>
      )}
      {isOpen && may.has('rearrange') && mergeTargets(what, [conversation]).length > 0 && (
        <Menu.Item onClick={() => open({ kind: 'merge', conversation: conversation.id, from: what })}>
          {say('structure.mergeInto')}
        </Menu.Item>
      )}
      {may.has('rearrange') && (
        <Menu.Item onClick={() => open({ kind: 'link', conversation: conversation.id, of: what })}>
          {say('structure.linkTitle')}
        </Menu.Item>
      )}
      {may.has('close') && conversation.state === 'open' && (
        <Menu.Item
          onClick={() =>
            isOpen
              ? act('close', say('structure.closed', { name }))
              : act('reopen', say('structure.reopened', { name }))
          }
        >
          {say(isOpen ? 'structure.close' : 'structure.reopen')}
        </Menu.Item>
      )}
      {may.has('seal') && !ticket.sealed && !conversation.sealed && (
        <Menu.Item onClick={() => open({ kind: 'seal', conversation: conversation.id, what })}>
          {say('seal.ticket')}
        </Menu.Item>
      )}
    </ActionsMenu>
  )
}
