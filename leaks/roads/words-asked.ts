import type { RoadsRun } from './roads-run.ts'

/**
 * What people are shown now because they are asked has to be what the asking side itself said on that ticket, and nothing else. Kept, since
 * what they are shown changes as it goes on.
 */
export async function learnAsked(run: RoadsRun): Promise<void> {
  const rows = await run.stage.rows<{ person: string; ticket: string; excerpt: string; sealed: boolean }>(
    `select person_id as person, ticket_id as ticket, excerpt, encryption = 'sealed' as sealed from offer where conversation_id = any($1)`,
    [[...run.world.conversations.keys()]],
  )
  const messages = new Map([...run.words].map(([id, word]) => [word, id]))
  for (const { person, ticket, excerpt, sealed } of rows) {
    // Kept sealed, it is opened for who is asked alone: it may hold whatever the asking side has said.
    const ofTheAsker = sealed
      ? [...messages].filter(([, id]) => isOfTheAsker(run, id, ticket)).map(([word]) => word)
      : []
    for (const word of [...run.canariesIn(excerpt).keys(), ...ofTheAsker]) {
      const own = run.asked.get(person) ?? new Set()
      if (own.has(word)) continue
      if (!isOfTheAsker(run, messages.get(word) ?? '', ticket))
        throw new Error(`${run.personName(person)} is asked with ${word}`)
      run.asked.set(person, own.add(word))
    }
  }
}

function isOfTheAsker({ worlds, world }: RoadsRun, message: string, ticket: string): boolean {
  if (world.roles.get(world.authors.get(message) ?? '') !== 'visitor') return false
  return worlds
    .flat()
    .some(({ rooms }) =>
      [...rooms.values()].some((room) => room.ticket === ticket && room.slots.some((slot) => slot.message === message)),
    )
}
