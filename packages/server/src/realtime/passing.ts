import type { InteractionId, ParticipantId, PersonId } from '@parley/model'
import type { DeliveryState } from '@parley/protocol'
import { mayRead } from '@parley/rules'
import type { Bus, Hint, PassingFrame } from '../bus/index.ts'
import { numberUpTo } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryRow, PassTyping } from '../delivery/index.ts'
import type { Structure } from '../road/index.ts'
import type { Connected } from './connected.ts'
import type { Session } from './session.ts'

interface PassingParts {
  readonly db: Database
  readonly connected: Connected
  readonly elsewhere?: Pick<Bus, 'tell'>
  readonly passTyping?: PassTyping
}

/** What is of the moment, and passes: typing, how far windows have come, ticks, that a list has changed. */
export class Passing {
  readonly #parts: PassingParts

  constructor(parts: PassingParts) {
    this.#parts = parts
  }

  /** To a person wherever they are connected. */
  pass(person: PersonId, frame: PassingFrame): void {
    this.#parts.connected.send(person, frame)
    this.#passElsewhere(person, frame)
  }

  typing(structure: Structure, person: PersonId, interactions: readonly InteractionId[], on: boolean): void {
    for (const interaction of interactions) {
      const typist = structure.participants.find((p) => p.person === person && p.interaction === interaction && !p.left)
      if (!typist) continue
      for (const other of structure.participants) {
        if (other.person === person || other.interaction !== interaction || other.left) continue
        this.pass(other.person, { t: 'typing', interaction, participant: typist.id, on })
        this.#parts.passTyping?.(structure, other, on)
      }
    }
  }

  seen(
    structure: Structure,
    participant: ParticipantId,
    interaction: InteractionId,
    mark: { delivered: number; read: number },
    from: Session,
  ): void {
    for (const [person, spans] of structure.spans) {
      if (!this.#parts.connected.has(person) && !this.#parts.elsewhere) continue
      const ranges = mayRead(spans, interaction)
      if (ranges.length === 0) continue
      const seen = {
        t: 'seen' as const,
        interaction,
        participant,
        delivered: numberUpTo(ranges, mark.delivered),
        read: numberUpTo(ranges, mark.read),
      }
      // What is read in one tab is read in the others; the tab that told it knows.
      if (person === from.person) this.#passToOthers(from, seen)
      else this.pass(person, seen)
    }
  }

  /** A delivery over another medium changed: tell the author of the message, if connected. */
  async delivery(row: DeliveryRow, state: string): Promise<void> {
    const { message_id: message, interaction_id: interaction, participant_id: participant } = row
    if (!message || !interaction || !participant) return
    const found = await this.#parts.db.read(row.account_id, (db) =>
      db
        .selectFrom('message')
        .select('person_id')
        .where('account_id', '=', row.account_id)
        .where('message_id', '=', message)
        .executeTakeFirst(),
    )
    if (!found) return
    this.pass(found.person_id, { t: 'tick', interaction, message, participant, state: state as DeliveryState })
    this.pass(found.person_id, { t: 'changed', what: 'deliveries' })
    this.pass(row.person_id, { t: 'changed', what: 'deliveries' })
  }

  /** The process that has the connection of a medium may be another than the one where somebody types. */
  heard({ person, frame }: Extract<Hint, { kind: 'frame' }>, structureOf: (of: string) => Structure | undefined): void {
    this.#parts.connected.send(person, frame)
    if (frame.t !== 'typing' || !this.#parts.passTyping) return
    const interaction = frame.interaction as InteractionId
    const structure = structureOf(interaction)
    const reader = structure?.participants.find((p) => p.person === person && p.interaction === interaction)
    if (structure && reader) this.#parts.passTyping(structure, reader, frame.on)
  }

  #passToOthers(from: Session, frame: PassingFrame): void {
    for (const session of this.#parts.connected.of(from.person)) if (session !== from) session.send(frame)
    this.#passElsewhere(from.person, frame)
  }

  #passElsewhere(person: PersonId, frame: PassingFrame): void {
    const about = 'interaction' in frame ? `${frame.interaction} ${frame.participant}` : frame.what
    const of = frame.t === 'tick' ? frame.message : ''
    this.#parts.elsewhere?.tell(`${frame.t} ${person} ${about} ${of}`, { kind: 'frame', person, frame })
  }
}
