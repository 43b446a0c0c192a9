import type { Said } from '@parley/model'
import { screen as screenText } from '@parley/rules'
import type { ParticipantPlace, Structure } from './structure.ts'

export interface Screened {
  readonly body: string
  /** Null where it equals the body. */
  readonly full: string | null
  readonly masked: boolean
}

export type Screener = (structure: Structure, author: ParticipantPlace, said: Said) => Screened

/** The two forms that readers get, masked as the site says for the author's side; the raw one is kept apart and sealed. */
export const screen: Screener = (structure, author, said) => {
  const side = author.role === 'initiator' ? 'visitor' : 'responder'
  const policy = {
    mask: structure.policy.screening[side] === 'mask' ? ('all' as const) : ('none' as const),
    style: 'dots' as const,
    known: structure.identities,
    countries: structure.policy.countries,
  }
  const visible = screenText(said.visible, policy)
  if (said.full === said.visible) return { body: visible.text, full: null, masked: visible.masked.length > 0 }
  const full = screenText(said.full, policy)
  return { body: visible.text, full: full.text, masked: visible.masked.length > 0 }
}
