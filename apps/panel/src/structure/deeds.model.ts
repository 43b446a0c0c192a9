import type { InteractionView, Role } from '@parley/protocol'

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
    file: works && (watches || writes),
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
