import type { Said } from '@parley/model'
import { type ScreeningPolicy, screen as screenText } from '@parley/rules'
import { identitiesBeside } from './identities-beside.ts'
import { withoutLinkKeys } from './secret-links.ts'
import type { ParticipantPlace, Structure } from './structure.ts'

export interface Screened {
  readonly body: string
  /** Null where it equals the body. */
  readonly full: string | null
  readonly masked: boolean
}

export type Screener = (
  structure: Structure,
  author: ParticipantPlace,
  said: Said,
  names?: readonly string[],
) => Screened

/** The two forms that readers get, masked as the site says for the author's side; the raw one is kept apart and sealed. */
export const screen: Screener = (structure, author, said, names = []) => {
  // Who keeps a space of their own is one of ours.
  const side = author.role === 'initiator' && structure.kind !== 'own' ? 'visitor' : 'responder'
  const isAlone = structure.kind === 'own' && structure.participants.every(({ person }) => person === author.person)
  const policy: ScreeningPolicy = {
    // A script says what its account wrote, numbers to call included; what is known of a participant never passes all the same.
    mask: structure.policy.screening[side] === 'mask' && author.role !== 'virtual' && !isAlone ? 'all' : 'none',
    style: 'dots',
    known: isAlone
      ? []
      : [...identitiesBeside(structure, author.person), ...(structure.policy.named[side] ? [] : names)],
    countries: structure.policy.countries,
  }
  const visible = screenText(withoutOwnKeys(said.visible), policy)
  const isMasked = visible.masked.length > 0
  if (said.full === said.visible) return { body: visible.text, full: null, masked: isMasked }
  return { body: visible.text, full: screenText(withoutOwnKeys(said.full), policy).text, masked: isMasked }
}

/** What its author shares on purpose: their own addresses pass, and nobody else's. */
export function shared(structure: Structure, author: ParticipantPlace, said: Said): Screened {
  const own = new Set(structure.identities.flatMap(({ person, value }) => (person === author.person ? [value] : [])))
  const known = identitiesBeside(structure, author.person).filter((value) => !own.has(value))
  const { countries } = structure.policy
  const { text, masked } = screenText(withoutOwnKeys(said.visible), { mask: 'none', style: 'dots', known, countries })
  return { body: text, full: null, masked: masked.length > 0 }
}

const relayAddress = /\b[a-z2-7]{26}@[\w.-]+/gi

/** A quoted reply names the address that stands for its writer's place: a key of theirs, whatever the site's policy for identities is. */
function withoutOwnKeys(text: string): string {
  return withoutLinkKeys(text.includes('@') ? text.replaceAll(relayAddress, '•••') : text)
}
