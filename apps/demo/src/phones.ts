import type { Kept, Phone, Smsc } from '@parley/dev-env/smsc'
import { type CastPhone, castPhones } from './cast-phones.ts'

export type Thread = { other: string; name?: string; last: string; at: string; isOwn: boolean; unseen: number }

export type ShownText = { isOwn: boolean; text: string; at: string; state: Kept['state'] }

/** The phones of the cast, as their owners hold them. */
export type Phones = {
  people: readonly CastPhone[]
  /** Newest first. */
  threads(person: CastPhone): Thread[]
  /** Oldest first; what was not seen before is seen with this. */
  texts(person: CastPhone, other: string): ShownText[]
  markSeen(person: CastPhone, other: string): void
  send(person: CastPhone, to: string, text: string): void
  /** Calls back whenever something came to a phone or left it. */
  on(changed: (change: { person: CastPhone; came: boolean }) => void): () => void
}

export function openPhones(smsc: Smsc): Phones {
  const listeners = new Set<(change: { person: CastPhone; came: boolean }) => void>()
  const seen = new WeakSet<Kept>()
  const phoneOf = ({ number }: CastPhone): Phone => smsc.phone(number)
  for (const person of castPhones) {
    const phone = phoneOf(person)
    let shown = phone.texts.length
    phone.onChange = () => {
      const came = phone.texts.length > shown
      shown = phone.texts.length
      for (const listener of listeners) listener({ person, came })
    }
  }
  return {
    people: castPhones,
    threads(person) {
      const { history } = phoneOf(person)
      const others = [...new Set([...history].reverse().map(({ other }) => other))]
      return others.flatMap((other) => {
        const texts = history.filter((text) => text.other === other)
        const last = texts.at(-1)
        if (!last) return []
        const unseen = texts.filter((text) => !text.isOwn && !seen.has(text)).length
        return [{ other, last: last.text.slice(0, 200), at: last.at.toISOString(), isOwn: last.isOwn, unseen }]
      })
    },
    texts: (person, other) =>
      phoneOf(person)
        .history.filter((text) => text.other === other)
        .map(({ isOwn, text, at, state }) => ({ isOwn, text, at: at.toISOString(), state })),
    markSeen(person, other) {
      for (const text of phoneOf(person).history) if (text.other === other) seen.add(text)
    },
    send(person, to, text) {
      // For two minutes, while Parley starts again perhaps.
      void phoneOf(person).sends(text, to, { tries: 480 })
    },
    on(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}
