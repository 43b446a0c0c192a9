import type { Clock, InteractionId, ParticipantId, PersonId } from '@parley/model'
import type { DeliveryState } from '@parley/protocol'
import { isBehind, mayRead, maySee, type Range, seenAs, viewNumber } from '@parley/rules'
import { sql } from 'kysely'
import type { Bus, Hint, PassingFrame } from '../bus/index.ts'
import { numberUpTo } from '../conversations/index.ts'
import type { Database, Reader } from '../db/index.ts'
import type { DeliveryRow, PassTyping } from '../delivery/index.ts'
import { lastPosition, type ParticipantPlace, type Structure, spansOf } from '../road/index.ts'
import { faceId, furthestOf, othersBehind, tickFor } from './behind-a-face.ts'
import type { Connected } from './connected.ts'
import type { Session } from './session.ts'
import { TypingBehind } from './typing-behind.ts'

interface Mark {
  readonly delivered: number
  readonly read: number
}

const mostMarks = 50_000

interface PassingParts {
  readonly db: Database
  readonly clock: Clock
  readonly connected: Connected
  readonly elsewhere?: Pick<Bus, 'tell'>
  readonly passTyping?: PassTyping
}

/** What is of the moment, and passes: typing, how far windows have come, ticks, that a list has changed. */
export class Passing {
  readonly #parts: PassingParts
  /** How far the windows of those who told it lately have come. */
  readonly #marks = new Map<ParticipantId, Mark>()

  readonly #typing: TypingBehind

  constructor(parts: PassingParts) {
    this.#parts = parts
    this.#typing = new TypingBehind(parts.clock)
  }

  /** To a person wherever they are connected. */
  pass(person: PersonId, frame: PassingFrame): void {
    this.#parts.connected.send(person, frame)
    this.#passElsewhere(person, frame)
  }

  /** To those who are there and would read what is being typed. Who watches is seen by nobody. */
  typing(structure: Structure, person: PersonId, interactions: readonly InteractionId[], on: boolean): void {
    for (const interaction of interactions) {
      const here = structure.participants.filter((place) => place.interaction === interaction && !place.left)
      const typist = here.find((place) => place.person === person && place.role !== 'observer')
      if (!typist) continue
      const next = lastPosition(structure, interaction) + 1
      for (const other of here) {
        if (other.person === person || !maySee(spansOf(structure, other.person), interaction, next)) continue
        const participant = seenAs(typist, other.person, structure.participants).id
        const isOne = typist.face !== null && !isBehind(structure.participants, other.person, typist.face)
        if (isOne && !this.#typing.take({ interaction, participant, to: other.person }, person, on)) continue
        this.pass(other.person, { t: 'typing', interaction, participant, on })
        this.#parts.passTyping?.(structure, other, on)
      }
    }
  }

  /** To everyone whose own numbers it moves: who may read nothing of what was seen does not learn when it was. */
  seen(structure: Structure, place: ParticipantPlace, told: Mark, from: Session): void {
    const { interaction } = place
    const before = this.#marks.get(place.id)
    const mark = {
      delivered: Math.max(before?.delivered ?? 0, told.delivered),
      read: Math.max(before?.read ?? 0, told.read),
    }
    this.#remember(place.id, mark)
    const outside: PersonId[] = []
    for (const [person, spans] of structure.spans) {
      if (!this.#parts.connected.has(person) && !this.#parts.elsewhere) continue
      if (place.role === 'observer' && person !== place.person && !isObserver(structure, person, interaction)) continue
      if (place.face !== null && !isBehind(structure.participants, person, place.face)) {
        outside.push(person)
        continue
      }
      const ranges = mayRead(spans, interaction)
      if (!movesNumbers(ranges, mark, before)) continue
      const seen = { t: 'seen' as const, interaction, participant: place.id, ...inNumbers(ranges, mark) }
      // What is read in one tab is read in the others; the tab that told it knows.
      if (person === from.person) this.#passToOthers(from, seen)
      else this.pass(person, seen)
    }
    // A hint that is lost is read back with the conversation.
    if (outside.length > 0)
      void this.#seenBehindFace(structure, place, { before, mark, outside }).catch(() => undefined)
  }

  /** To those outside a face: only what none of those behind it had seen before. */
  async #seenBehindFace(
    structure: Structure,
    place: ParticipantPlace,
    { before, mark, outside }: { before: Mark | undefined; mark: Mark; outside: readonly PersonId[] },
  ): Promise<void> {
    const { interaction } = place
    const others = othersBehind(structure, place)
    const known = others.flatMap(({ id }) => this.#marks.get(id) ?? [])
    const written = await this.#parts.db.read(structure.account, (db) => furthestOf(db, structure, others))
    const was = furthest([written, ...known, ...(before ? [before] : [])])
    const is = furthest([was, mark])
    for (const person of outside) {
      const ranges = mayRead(spansOf(structure, person), interaction)
      if (!movesNumbers(ranges, is, before || others.length > 0 ? was : undefined)) continue
      this.pass(person, {
        t: 'seen',
        interaction,
        participant: faceId(structure, place, person),
        ...inNumbers(ranges, is),
      })
    }
  }

  /** A delivery over another medium changed: tell the author of the message, where they may see to whom it went. */
  async delivery(row: DeliveryRow, state: string): Promise<void> {
    const { message_id: message, interaction_id: interaction, participant_id: participant } = row
    if (!message || !interaction || !participant) return
    this.pass(row.person_id, { t: 'changed', what: 'deliveries' })
    const found = await this.#parts.db.read(row.account_id, async (db) => {
      const author = await findSeeingAuthor(db, row)
      return author && { author, tick: await tickFor(db, row, author, state as DeliveryState) }
    })
    if (!found?.tick) return
    const { author, tick } = found
    this.pass(author, { t: 'tick', interaction, message, ...tick })
    this.pass(author, { t: 'changed', what: 'deliveries' })
  }

  /** The process that has the connection of a medium may be another than the one where somebody types. */
  heard({ person, frame }: Extract<Hint, { kind: 'frame' }>, structureOf: (of: string) => Structure | undefined): void {
    if (frame.t === 'typing' && !this.#typing.take({ ...frame, to: person }, 'elsewhere', frame.on)) return
    this.#parts.connected.send(person, frame)
    if (frame.t !== 'typing' || !this.#parts.passTyping) return
    const interaction = frame.interaction as InteractionId
    const structure = structureOf(interaction)
    const reader = structure?.participants.find((p) => p.person === person && p.interaction === interaction)
    if (structure && reader) this.#parts.passTyping(structure, reader, frame.on)
  }

  #remember(participant: ParticipantId, mark: Mark): void {
    this.#marks.delete(participant)
    this.#marks.set(participant, mark)
    const [oldest] = this.#marks.keys()
    if (this.#marks.size > mostMarks && oldest) this.#marks.delete(oldest)
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

function isObserver(structure: Structure, person: PersonId, interaction: InteractionId): boolean {
  return structure.participants.some(
    (place) => place.person === person && place.interaction === interaction && place.role === 'observer' && !place.left,
  )
}

const furthest = (marks: readonly Mark[]): Mark => ({
  delivered: Math.max(...marks.map(({ delivered }) => delivered)),
  read: Math.max(...marks.map(({ read }) => read)),
})

const inNumbers = (ranges: readonly Range[], mark: Mark): Mark => ({
  delivered: numberUpTo(ranges, mark.delivered),
  read: numberUpTo(ranges, mark.read),
})

/** Where nobody knows how far it was before: does it stand where they may read? */
function movesNumbers(ranges: readonly Range[], mark: Mark, before: Mark | undefined): boolean {
  if (!before) return viewNumber(ranges, mark.delivered) !== null || viewNumber(ranges, mark.read) !== null
  const [was, is] = [inNumbers(ranges, before), inNumbers(ranges, mark)]
  return is.delivered > was.delivered || is.read > was.read
}

/** Its author, where they may read it in the interaction that it was sent from and know of whom it was sent to. */
async function findSeeingAuthor(db: Reader, row: DeliveryRow): Promise<PersonId | null> {
  const { rows } = await sql<{ author: PersonId }>`
    select m.person_id as author from message m
    join placement p on p.account_id = m.account_id and p.message_id = m.message_id and p.interaction_id = ${row.interaction_id}
    join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
    join participant w on w.account_id = m.account_id and w.participant_id = ${row.participant_id}
    join span s on s.account_id = m.account_id and s.person_id = m.person_id and s.interaction_id = p.interaction_id
      and p.position between s.from_position and s.until
    where m.account_id = ${row.account_id} and m.message_id = ${row.message_id} and p.position <> all(i.withdrawn)
      and (w.role <> 'observer' or exists (select from responder r where r.account_id = m.account_id
        and r.person_id = m.person_id and r.role in ('supervisor', 'administrator')))
    limit 1`.execute(db)
  return rows[0]?.author ?? null
}
