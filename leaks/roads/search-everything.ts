import type { RoadsRun } from './roads-run.ts'

/** Nobody holds words that they could not read when they got them; what they said themselves is theirs, though it was refused. */
export function searchEverything(run: RoadsRun): void {
  const names = new Map([...run.world.roles.keys()].map((id) => [run.personName(id), id]))
  const messages = new Map([...run.words].map(([id, words]) => [words, id]))
  const canaries = new RegExp(`canary${run.mark}x\\d+z`, 'g')
  for (const { person: name, road, step, bytes } of run.stage.ear.heard.slice(run.firstHeard)) {
    const person = names.get(name)
    if (person === undefined) continue
    for (const [word] of bytes.matchAll(canaries)) {
      const message = messages.get(word)
      if (message === undefined || run.world.authors.get(message) === person) continue
      // Mail is on its way for a while, and a frame may be late by a step.
      const first = road === 'mail' ? 0 : Math.max(0, step - 1)
      const may = run.allowed.slice(first, step + 1).some((each) => each.get(person)?.has(message))
      if (!may) throw new Error(`${name} got ${word} over ${road} in step ${step}, and might never read it then`)
    }
  }
}
