import type { PersonId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'
import type { Session } from './session.ts'

const none: ReadonlySet<Session> = new Set()

/** Who is connected to this process: a person may be with several tabs and devices. */
export class Connected {
  readonly #sessions = new Map<PersonId, Set<Session>>()
  #size = 0

  add(session: Session): void {
    this.#size += 1
    const own = this.#sessions.get(session.person)
    if (own) own.add(session)
    else this.#sessions.set(session.person, new Set([session]))
  }

  remove(session: Session): void {
    const own = this.#sessions.get(session.person)
    if (own?.delete(session)) this.#size -= 1
    if (own?.size === 0) this.#sessions.delete(session.person)
  }

  /** Open connections. */
  get size(): number {
    return this.#size
  }

  get people(): Iterable<PersonId> {
    return this.#sessions.keys()
  }

  has(person: PersonId): boolean {
    return this.#sessions.has(person)
  }

  of(person: PersonId): ReadonlySet<Session> {
    return this.#sessions.get(person) ?? none
  }

  isHere(session: Session): boolean {
    return this.of(session.person).has(session)
  }

  send(person: PersonId, frame: ServerFrame): void {
    for (const session of this.of(person)) session.send(frame)
  }

  end(person: PersonId): void {
    for (const session of [...this.of(person)]) session.end()
  }
}
