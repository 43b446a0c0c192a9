import { Menu } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import { useLive } from '../live/live.tsx'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { ActionsMenu } from './actions-menu.tsx'
import { deedsIn, lastFor } from './deeds.model.ts'
import { useDialogs } from './dialogs.tsx'
import { sayConversation } from './say-thing.ts'
import { useToast } from './toast.tsx'
import { problemText, usePerform } from './use-perform.ts'

interface Props {
  conversation: ConversationView
  onDetails: () => void
  onHistory: () => void
  onSelect: () => void
}

/** What can be done to a whole conversation, and to the one matter in it where there is only one. */
export function ConversationMenu({ conversation, onDetails, onHistory, onSelect }: Props) {
  const say = useSay()
  const live = useLive()
  const open = useDialogs()
  const perform = usePerform()
  const show = useToast()
  const role = useMe().data?.role ?? 'responder'
  const may = deedsIn(conversation.interactions, role)
  const name = sayConversation(conversation, say)
  const isOpen = conversation.state === 'open'
  const what = { conversation: conversation.id }
  const mayPassOn = (ticket: string) =>
    deedsIn(
      conversation.interactions.filter((view) => view.ticket === ticket),
      role,
    ).has('transfer')
  const ticket = conversation.tickets?.find(({ id, state }) => state !== 'closed' && mayPassOn(id))?.id
  const [under, into, beside] = [
    lastFor('open-backchannel', conversation, role),
    lastFor('invite', conversation, role),
    lastFor('file', conversation, role),
  ]
  const exporting = `/api/desk/conversations/${conversation.id}/export`
  async function act(operation: string, done: string) {
    const answer = await perform(operation, { what }, done)
    if (!answer.ok) show({ text: problemText(answer.problem, say) })
  }
  return (
    <ActionsMenu label={say('structure.actions')} isLarge>
      {isOpen && under && (
        <Menu.Item onClick={() => open({ kind: 'backchannel', ...what, interaction: under.id })}>
          {say('structure.openBackchannel')}
        </Menu.Item>
      )}
      {isOpen && into && (
        <Menu.Item onClick={() => open({ kind: 'invite', ...what, interaction: into.id })}>
          {say('structure.invite')}
        </Menu.Item>
      )}
      {isOpen && ticket && (
        <Menu.Item onClick={() => open({ kind: 'transfer', ...what, ticket })}>
          {say('structure.transferTitle')}
        </Menu.Item>
      )}
      {isOpen && beside && (
        <Menu.Item onClick={() => open({ kind: 'file', ...what, interaction: beside.id })}>
          {say('structure.fileTitle')}
        </Menu.Item>
      )}
      <Menu.Item onClick={onDetails}>{say('details.title')}</Menu.Item>
      {may.has('rearrange') && (
        <>
          <Menu.Divider />
          {live.conversations.length > 1 && (
            <Menu.Item onClick={() => open({ kind: 'merge', ...what, from: what })}>
              {say('structure.mergeInto')}
            </Menu.Item>
          )}
          <Menu.Item onClick={onSelect}>{say('structure.selectMessages')}</Menu.Item>
          <Menu.Item onClick={() => open({ kind: 'link', ...what, of: what })}>{say('structure.linkTitle')}</Menu.Item>
          <Menu.Item onClick={onHistory}>{say('structure.whatWasDone')}</Menu.Item>
        </>
      )}
      {isOpen && may.has('let-team-in') && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={() => open({ kind: 'team-in', ...what })}>{say('structure.letTeamIn')}</Menu.Item>
          <Menu.Item onClick={() => open({ kind: 'team-out', ...what })}>{say('structure.letTeamOut')}</Menu.Item>
          {may.has('let-see') && (
            <Menu.Item onClick={() => open({ kind: 'let-see', ...what })}>{say('structure.letThemSee')}</Menu.Item>
          )}
        </>
      )}
      <Menu.Divider />
      <Menu.Item component="a" href={`${exporting}?as=text`} download>
        {say('structure.exportText')}
      </Menu.Item>
      <Menu.Item component="a" href={`${exporting}?as=json`} download>
        {say('structure.exportJson')}
      </Menu.Item>
      <Menu.Divider />
      {may.has('close') && (
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
      {may.has('seal') && !conversation.sealed && (
        <Menu.Item onClick={() => open({ kind: 'seal', ...what, what })}>{say('structure.sealTitle')}</Menu.Item>
      )}
      {may.has('erase') && (
        <Menu.Item className="danger" onClick={() => open({ kind: 'erase', ...what })}>
          {say('structure.eraseTitle')}
        </Menu.Item>
      )}
    </ActionsMenu>
  )
}
