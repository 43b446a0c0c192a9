import type { RoadsRun } from './roads-run.ts'

/**
 * The words that people were shown because they were asked, by person: what the asking side itself said on that ticket, and nothing else.
 */
export async function wordsAsked(run: RoadsRun): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await run.stage.rows<{ person: string; ticket: string; excerpt: string }>(
    'select person_id as person, ticket_id as ticket, excerpt from offer where conversation_id = any($1)',
    [[...run.world.conversations.keys()]],
  )
  const messages = new Map([...run.words].map(([id, word]) => [word, id]))
  const asked = new Map<string, Set<string>>()
  for (const { person, ticket, excerpt } of rows) {
    for (const word of run.canariesIn(excerpt).keys()) {
      const message = messages.get(word) ?? ''
      if (!isOfTheAsker(run, message, ticket)) throw new Error(`${run.personName(person)} is asked with ${word}`)
      asked.set(person, (asked.get(person) ?? new Set()).add(word))
    }
  }
  return asked
}

function isOfTheAsker({ worlds, world }: RoadsRun, message: string, ticket: string): boolean {
  if (world.roles.get(world.authors.get(message) ?? '') !== 'visitor') return false
  return worlds
    .flat()
    .some(({ rooms }) =>
      [...rooms.values()].some((room) => room.ticket === ticket && room.slots.some((slot) => slot.message === message)),
    )
}
