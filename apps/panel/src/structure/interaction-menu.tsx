import { Menu } from '@mantine/core'
import type { ConversationView, InteractionView } from '@parley/protocol'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { ActionsMenu } from './actions-menu.tsx'
import { deedsIn, maySplitOff, takesOthers } from './deeds.model.ts'
import { useDialogs } from './dialogs.tsx'
import { mergeTargets } from './merge.model.ts'
import { sayInteraction } from './say-thing.ts'
import { useToast } from './toast.tsx'
import { problemText, usePerform } from './use-perform.ts'

/** What can be done to one interaction or backchannel. */
export function InteractionMenu({ conversation, view }: { conversation: ConversationView; view: InteractionView }) {
  const say = useSay()
  const open = useDialogs()
  const perform = usePerform()
  const show = useToast()
  const role = useMe().data?.role ?? 'responder'
  const may = deedsIn([view], role)
  const name = sayInteraction(view, say)
  const isOpen = view.state === 'open' && conversation.state === 'open'
  const ids = { conversation: conversation.id, interaction: view.id }
  const what = { interaction: view.id }
  const others = view.participants.filter(
    ({ you, state, role: part }) => !you && state === 'here' && part !== 'initiator',
  )
  const nameable = view.participants.filter(
    ({ you, state, role: part, alias }) =>
      state === 'here' && alias !== '' && (may.has('grant') ? part !== 'virtual' : you && part === 'responder'),
  )
  async function act(operation: string, input: object, done: string) {
    const answer = await perform(operation, input, done)
    if (!answer.ok) show({ text: problemText(answer.problem, say) })
  }
  return (
    <ActionsMenu label={say('structure.actionsOn', { name })}>
      {isOpen && may.has('open-backchannel') && (
        <Menu.Item onClick={() => open({ kind: 'backchannel', ...ids })}>{say('structure.openBackchannel')}</Menu.Item>
      )}
      {isOpen && may.has('invite') && takesOthers(conversation, view) && (
        <Menu.Item onClick={() => open({ kind: 'invite', ...ids })}>{say('structure.invite')}</Menu.Item>
      )}
      {isOpen && may.has('observe') && (
        <Menu.Item onClick={() => act('observe', { interaction: view.id }, say('structure.observing'))}>
          {say('structure.observe')}
        </Menu.Item>
      )}
      {isOpen && may.has('file') && (
        <Menu.Item onClick={() => open({ kind: 'file', ...ids })}>{say('structure.fileTitle')}</Menu.Item>
      )}
      {may.has('grant') && (
        <Menu.Item onClick={() => open({ kind: 'readers', ...ids })}>{say('structure.readers')}</Menu.Item>
      )}
      {isOpen &&
        may.has('call') &&
        nameable.map(({ id, alias }) => (
          <Menu.Item
            key={`call ${id}`}
            onClick={() => open({ kind: 'alias', conversation: conversation.id, participant: id, alias })}
          >
            {say('structure.callThem', { who: alias })}
          </Menu.Item>
        ))}
      {isOpen &&
        may.has('grant') &&
        others
          .filter(({ role: part }) => part === 'responder')
          .map(({ id, alias, manages = false }) => {
            const text = say(manages ? 'structure.mayNotManage' : 'structure.mayManage', { who: alias })
            return (
              <Menu.Item
                key={`manage ${id}`}
                onClick={() => act('set-place', { participant: id, manages: !manages }, text)}
              >
                {text}
              </Menu.Item>
            )
          })}
      {may.has('rearrange') && isOpen && mergeTargets(what, [conversation]).length > 0 && (
        <Menu.Item onClick={() => open({ kind: 'merge', conversation: conversation.id, from: what })}>
          {say('structure.mergeInto')}
        </Menu.Item>
      )}
      {conversation.state === 'open' && may.has('rearrange') && view.ticket && maySplitOff(view) && (
        <Menu.Item
          onClick={() =>
            open({
              kind: 'split',
              conversation: conversation.id,
              ticket: view.ticket ?? '',
              interactions: [view.id],
            })
          }
        >
          {say('structure.splitTitle')}
        </Menu.Item>
      )}
      {may.has('close') && conversation.state === 'open' && !view.mergedInto && (
        <Menu.Item
          onClick={() =>
            view.state === 'open'
              ? act('close', { what }, say('structure.closed', { name }))
              : act('reopen', { what }, say('structure.reopened', { name }))
          }
        >
          {say(view.state === 'open' ? 'structure.close' : 'structure.reopen')}
        </Menu.Item>
      )}
      {may.has('seal-interaction') && !view.sealed && !conversation.sealed && (
        <Menu.Item onClick={() => open({ kind: 'seal', conversation: conversation.id, what })}>
          {say('seal.interaction')}
        </Menu.Item>
      )}
      {may.has('leave') && (
        <Menu.Item className="danger" onClick={() => act('leave', what, say('structure.left', { name }))}>
          {say('structure.leave')}
        </Menu.Item>
      )}
      {may.has('remove') &&
        isOpen &&
        others.map(({ id, alias }) => (
          <Menu.Item
            key={id}
            className="danger"
            onClick={() => act('remove', { participant: id }, say('structure.removed', { who: alias }))}
          >
            {say('structure.remove', { who: alias })}
          </Menu.Item>
        ))}
    </ActionsMenu>
  )
}
