import type { PersonId } from '@parley/model'
import type { Structure } from './structure.ts'

/**
 * Addresses and whole names that somebody's words must not carry to the others: of everyone whom they are, or were, in an interaction with.
 * Of those who are there behind their back they know nothing, and masking would tell them.
 */
export function identitiesBeside(structure: Structure, author: PersonId): string[] {
  const beside = peopleBeside(structure, author)
  // Who has no place watches over the account, and sees everybody.
  const isIn = beside.has(author)
  return structure.identities.flatMap(({ person, value }) => (!isIn || beside.has(person) ? [value] : []))
}

/** Everyone whom somebody is, or was, in an interaction with, themselves too; of who has no place, everyone. */
export function peopleBeside({ participants }: Structure, author: PersonId): ReadonlySet<PersonId> {
  const own = new Set(participants.flatMap(({ person, interaction }) => (person === author ? [interaction] : [])))
  return new Set(
    participants.flatMap(({ person, interaction }) => (own.size === 0 || own.has(interaction) ? [person] : [])),
  )
}
