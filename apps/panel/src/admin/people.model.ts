import type { AdminPerson, Role } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

export const stateWords: Record<AdminPerson['state'], Word> = {
  waiting: 'people.stateWaiting',
  active: 'people.stateActive',
  paused: 'people.statePaused',
  left: 'people.stateLeft',
  removed: 'people.stateRemoved',
}

export const roleWords: Record<Role, Word> = {
  responder: 'people.roleResponder',
  operator: 'people.roleOperator',
  supervisor: 'people.roleSupervisor',
  administrator: 'people.roleAdministrator',
}

export const callName = (person: Pick<AdminPerson, 'name' | 'alias'>): string => person.name || person.alias || '–'

/** Those whose name, alias or address holds every word that was typed. */
export function findPeople(people: readonly AdminPerson[], typed: string): AdminPerson[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return people.filter((person) => {
    const text = [person.name, person.alias, ...person.addresses.map(({ value }) => value)].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** What an administrator may do with somebody now, the usual thing first. */
export function stepsFor(state: AdminPerson['state']): readonly {
  to: 'active' | 'paused' | 'removed'
  word: Word
}[] {
  switch (state) {
    case 'waiting':
      return [
        { to: 'active', word: 'people.approve' },
        { to: 'removed', word: 'people.decline' },
      ]
    case 'active':
      return [
        { to: 'paused', word: 'join.pause' },
        { to: 'removed', word: 'admin.remove' },
      ]
    case 'paused':
      return [
        { to: 'active', word: 'join.resume' },
        { to: 'removed', word: 'admin.remove' },
      ]
    case 'left':
    case 'removed':
      return [{ to: 'active', word: 'people.bringBack' }]
  }
}
