import { outsideRoads } from './outside-roads.ts'
import type { RoadsRun } from './roads-run.ts'
import { searchIdentities } from './search-identities.ts'
import { searchIds } from './search-ids.ts'
import { learnAsked } from './words-asked.ts'

/** Of what came since this was asked last: nobody holds words that they could not read when they got them; what they said themselves is theirs, though it was refused. */
export async function searchEverything(run: RoadsRun): Promise<void> {
  const upTo = run.stage.ear.heard.length
  // The next are asked a moment after what brings it about.
  await learnAsked(run)
  const names = new Map([...run.world.roles.keys()].map((id) => [run.personName(id), id]))
  const messages = new Map([...run.words].map(([id, words]) => [words, id]))
  for (const heard of run.stage.ear.heard.slice(run.searched, upTo)) {
    const { person: name, road, step, bytes } = heard
    searchIdentities(run, heard)
    const person = names.get(name)
    if (person === undefined) {
      if (outsideRoads.has(road)) throw new Error(`something goes to ${name}, who is nobody, over ${road}`)
      continue
    }
    // Through the eyes of others: compared where it is asked for.
    if (road.startsWith(eyes)) continue
    searchIds(run, person, heard)
    for (const [word, whose] of run.strays) {
      if (bytes.includes(word) && !whose.includes(person))
        throw new Error(`${name} got ${word}, kept for others, over ${road}`)
    }
    for (const word of run.canariesIn(bytes).keys()) {
      const message = messages.get(word)
      if (message !== undefined && outsideRoads.has(road) && run.world.hushed.has(message))
        throw new Error(`${name} got ${word} over ${road}, which was said where it is sealed`)
      if (message === undefined || run.world.authors.get(message) === person) continue
      if (run.asked.get(person)?.has(word)) continue
      // What leaves the house is on its way for a while, and a frame may be late by a step.
      const first = outsideRoads.has(road) ? 0 : Math.max(0, step - 1)
      const may = run.allowed.slice(first, step + 1).some((each) => each.get(person)?.has(message))
      if (!may) throw new Error(`${name} got ${word} over ${road} in step ${step}, and might never read it then`)
      run.stage.ear.carried.add(road)
    }
  }
  run.searched = upTo
}

const eyes = '/api/desk/admin/people/:id/sees'
