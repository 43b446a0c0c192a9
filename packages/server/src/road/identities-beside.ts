import type { PersonId } from '@parley/model'
import type { Structure } from './structure.ts'

/**
 * Addresses and whole names that somebody's words must not carry to the others: of everyone whom they are, or were, in an interaction with.
 * Of those who are there behind their back they know nothing, and masking would tell them.
 */
export function identitiesBeside({ identities, participants }: Structure, author: PersonId): string[] {
  const own = new Set(participants.flatMap(({ person, interaction }) => (person === author ? [interaction] : [])))
  const beside = new Set(participants.flatMap(({ person, interaction }) => (own.has(interaction) ? [person] : [])))
  // Who has no place watches over the account, and sees everybody.
  return identities.flatMap(({ person, value }) => (own.size === 0 || beside.has(person) ? [value] : []))
}
