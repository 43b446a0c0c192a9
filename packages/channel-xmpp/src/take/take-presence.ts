import { presence, presenceOf } from '../compose/compose-presence.ts'
import type { Reading } from '../read/reading.ts'
import type { IntakeParts } from './intake.ts'

/**
 * Our addresses let themselves be added to anybody's list and show themselves there, so that programs treat them like people. Who adds
 * one is asked for theirs in return: nobody is asked who has not begun.
 */
export async function takePresence(
  { from, to, what }: Extract<Reading, { kind: 'presence' }>,
  presences: Presences,
  { connection, domain, host }: IntakeParts,
): Promise<void> {
  if (from.domain === domain) return
  if (what === 'there' || what === 'gone') {
    const change = presences.note(from.bare, from.resource ?? '', what === 'there')
    if (change !== null) host.presence({ address: from.bare, isThere: change })
    return
  }
  const [ours, theirs] = [to.bare, from.bare]
  const isInUse = ours === domain || (await host.mayReceive(ours)).accepts
  if (what === 'unsubscribe' || !isInUse) {
    connection.write(presence(ours, theirs, 'unsubscribed'))
    return
  }
  if (what === 'subscribe') {
    connection.write(presence(ours, theirs, 'subscribed'))
    connection.write(presence(ours, theirs, 'subscribe'))
  }
  connection.write(presenceOf(ours, theirs))
}

/** Which programs of whom are there: somebody is gone when the last one is. */
export class Presences {
  readonly #there = new Map<string, Set<string>>()

  /** Whether the person is there now, when that has changed; null when it has not. */
  note(person: string, program: string, isThere: boolean): boolean | null {
    const programs = this.#there.get(person) ?? new Set()
    const was = programs.size > 0
    if (isThere && programs.size < mostPrograms) programs.add(program)
    else if (!isThere) programs.delete(program)
    if (programs.size > 0 && (was || this.#there.size < mostPeople)) this.#there.set(person, programs)
    else this.#there.delete(person)
    const is = programs.size > 0
    return is === was ? null : is
  }
}

const mostPrograms = 20
const mostPeople = 50_000
