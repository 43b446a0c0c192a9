import type { ConversationView, InteractionView, Role } from '@parley/protocol'

export type Deed =
  | 'close'
  | 'invite'
  | 'open-backchannel'
  | 'remove'
  | 'grant'
  | 'call'
  | 'let-team-in'
  | 'let-see'
  | 'transfer'
  | 'file'
  | 'edit-fields'
  | 'rearrange'
  | 'observe'
  | 'leave'
  | 'seal'
  | 'seal-interaction'
  | 'erase'

/**
 * What is worth offering to somebody in these interactions: the server decides, and says so where it decides otherwise. Rearranging is
 * merging, splitting, copying and linking.
 */
export function deedsIn(interactions: readonly InteractionView[], role: Role): ReadonlySet<Deed> {
  const own = interactions.flatMap(({ participants }) =>
    participants.filter(({ you, state }) => you && state === 'here'),
  )
  const writes = own.some(({ role: part }) => part !== 'observer')
  const answers = own.some(({ role: part }) => part === 'responder' || part === 'virtual')
  const manages = own.some((place) => place.manages && place.role !== 'observer')
  const works = role !== 'responder'
  const watches = role === 'supervisor' || role === 'administrator'
  const may: Record<Deed, boolean> = {
    close: watches || writes,
    invite: watches || answers,
    'open-backchannel': watches || answers,
    remove: watches || manages,
    grant: watches || manages,
    // Everyone may choose what they are called themselves.
    call: watches || answers,
    'let-team-in': watches,
    'let-see': role === 'administrator',
    transfer: watches || answers,
    file: answers || (works && writes),
    'edit-fields': works,
    rearrange: works,
    observe: watches && own.length === 0,
    leave: own.length > 0,
    seal: watches,
    'seal-interaction': watches || manages,
    erase: role === 'administrator',
  }
  return new Set(deeds.filter((deed) => may[deed]))
}

/** Whether others may be asked into it at all: a question has its own way of asking, and a whisper has in it whom it is for. */
export const takesOthers = ({ kind }: Pick<ConversationView, 'kind'>, view: InteractionView): boolean =>
  view.purpose !== 'whisper' && (view.kind !== 'intake' || kind === 'own')

/** A ticket keeps what it opened with, and a backchannel goes with what it was opened from. */
export const maySplitOff = (view: InteractionView): boolean => view.kind !== 'intake' && view.parent === undefined

/** The last one towards the outside in which somebody may do this, of those that still take something. */
export function lastFor(
  deed: 'invite' | 'open-backchannel' | 'file',
  conversation: ConversationView,
  role: Role,
): InteractionView | undefined {
  return conversation.interactions.findLast(
    (view) =>
      view.kind !== 'backchannel' &&
      view.state === 'open' &&
      !view.mergedInto &&
      deedsIn([view], role).has(deed) &&
      (deed !== 'invite' || takesOthers(conversation, view)),
  )
}

const deeds: readonly Deed[] = [
  'close',
  'invite',
  'open-backchannel',
  'remove',
  'grant',
  'call',
  'let-team-in',
  'let-see',
  'transfer',
  'file',
  'edit-fields',
  'rearrange',
  'observe',
  'leave',
  'seal',
  'seal-interaction',
  'erase',
]
