import type { CastPhone } from './cast-phones.ts'
import type { Phones } from './phones.ts'

/** Phones of several kinds as one, each asked about its own people; null where there are none. */
export function joinPhones(all: readonly (Phones | undefined)[]): Phones | null {
  const kinds = all.filter((one) => one !== undefined)
  if (kinds.length === 0) return null
  const kindOf = (person: CastPhone) => kinds.find(({ people }) => people.includes(person))
  return {
    people: kinds.flatMap(({ people }) => people),
    threads: (person) => kindOf(person)?.threads(person) ?? [],
    texts: (person, other) => kindOf(person)?.texts(person, other) ?? [],
    markSeen: (person, other) => kindOf(person)?.markSeen(person, other),
    send: (person, to, text) => kindOf(person)?.send(person, to, text),
    on(changed) {
      const offs = kinds.map((kind) => kind.on(changed))
      return () => {
        for (const off of offs) off()
      }
    },
  }
}
