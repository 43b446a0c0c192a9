import type { Me, MePatch } from '@parley/protocol'

export interface ProfileForm {
  name: string
  alias: string
  language: string
  isActive: boolean
  /** Empty: no limit. */
  capacity: string | number
}

export const formOf = (me: Me): ProfileForm => ({
  name: me.name,
  alias: me.alias,
  language: me.language,
  isActive: me.state === 'active',
  capacity: me.capacity ?? '',
})

export type ProfileFault = 'alias-empty' | 'alias-reveals' | 'capacity-wrong'

/** What keeps this form from being saved. An alias is seen by strangers: an address in it would give its owner away. */
export function faultOf(form: ProfileForm): ProfileFault | null {
  const alias = form.alias.trim()
  if (alias === '') return 'alias-empty'
  if (alias.includes('@') || /\+?\d[\d\s-]{6,}/.test(alias)) return 'alias-reveals'
  if (form.capacity !== '' && !(Number.isInteger(Number(form.capacity)) && Number(form.capacity) >= 1))
    return 'capacity-wrong'
  return null
}

/** Only what differs is sent, so that two open tabs do not undo each other. */
export function patchOf(me: Me, form: ProfileForm): MePatch {
  const patch: MePatch = {}
  if (form.name.trim() !== me.name) patch.name = form.name.trim()
  if (form.alias.trim() !== me.alias) patch.alias = form.alias.trim()
  if (form.language !== me.language) patch.language = form.language
  const capacity = form.capacity === '' ? null : Number(form.capacity)
  if (capacity !== me.capacity) patch.capacity = capacity
  const state = form.isActive ? 'active' : 'paused'
  if (me.state !== 'left' && state !== me.state) patch.state = state
  return patch
}
