import { createHash } from 'node:crypto'
import {
  type InteractionId,
  newId,
  type OperationId,
  type PersonId,
  plainly,
  type TeamId,
  type TicketId,
} from '@parley/model'
import {
  type Change,
  transfer as decide,
  isSealedIn,
  join,
  type Target,
  type TransferVerdict,
  watches,
} from '@parley/rules'
import { z } from 'zod'
import { moveTicket, takeOver, targetOf, tellStory } from '../../hunting/index.ts'
import type { Turn, Turns } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, type Done, operation, type Refusal, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'
import { readColleagues, readTeam } from './read-targets.ts'
import { tellVisitor } from './tell-visitor.ts'

const destination = z.union([
  z.strictObject({ people: z.array(z.uuid()).min(1).max(50) }),
  z.strictObject({ team: z.uuid() }),
  z.strictObject({ program: z.uuid() }),
  z.strictObject({ anyone: z.literal(true) }),
])

/**
 * A ticket goes to somebody else (A16, C5). One colleague who works at the desk has it at once; anyone else is asked, and the first to
 * answer has it.
 */
export const transfer = operation({
  name: 'transfer',
  summary: 'Give a ticket to a colleague, to one of several, to a team, to a program, or to whoever wants it',
  input: z.strictObject({ ticket: z.uuid(), to: destination, note: z.string().trim().min(1).max(1_000).optional() }),
  refusals: ['wrong-state', 'no-such-person', 'asks-here', 'conversation-closed'],
  touches: (db, actor, { ticket }) => conversationsOf(db, actor, [{ ticket }]),
  async perform(turns, actor, { ticket, to, note }, _, id) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { structure } = turn
    const verdict = mayDoTo(structure, actor, 'transfer', { ticket })
    if (!verdict.ok) return verdict
    const meant = await meantBy(turns, actor, to)
    if ('ok' in meant) return meant
    const decided = decide(
      structure,
      {
        ticket,
        by: actor.person,
        watches: watches(actor),
        to: meant.atOnce,
        meant: meant.named,
        history: structure.policy.history,
        circle: structure.policy.circle,
      },
      () => newId(),
    )
    if (!decided.ok) return decided
    return meant.atOnce === null
      ? ask(turn, actor, ticket as TicketId, decided, meant, note)
      : give(turns, turn, actor, ticket as TicketId, decided, meant.atOnce, { note, id })
  },
})

interface Meant {
  /** Who has it from now on, without being asked. */
  readonly atOnce: PersonId | null
  /** Who is named, and must not have it already. */
  readonly named: readonly PersonId[]
  /** Who is asked whatever they wish to be asked; null: those who want it. */
  readonly asked: readonly PersonId[] | null
  readonly target: Target | null
}

async function meantBy(turns: Turns, actor: Actor, to: z.infer<typeof destination>): Promise<Meant | Refusal> {
  const { account } = actor
  if ('anyone' in to) return { atOnce: null, named: [], asked: null, target: null }
  if ('team' in to) {
    const members = await readTeam(turns.tx, account, to.team as TeamId)
    const others = members?.filter((member) => member !== actor.person) ?? []
    if (others.length === 0) return refused('no-such-person')
    return { atOnce: null, named: [], asked: others, target: { teams: [to.team] } }
  }
  const people = [...new Set('program' in to ? [to.program] : to.people)]
  const found = await readColleagues(turns.tx, account, people)
  if (found.length < people.length) return refused('no-such-person')
  if ('program' in to && !found.every(({ isProgram }) => isProgram)) return refused('no-such-person')
  if (found.some(({ isPaused }) => isPaused)) return refused('wrong-state')
  const named = found.map(({ person }) => person)
  const [only] = found
  const atOnce = only && found.length === 1 && only.hasDesk ? only.person : null
  return { atOnce, named, asked: named, target: { people: named } }
}

type Decided = Extract<TransferVerdict, { ok: true }>

/** Those who had it stop at once; the next are asked, with the story, and the visitor is told once that somebody is looked for. */
async function ask(
  turn: Turn,
  actor: Actor,
  ticket: TicketId,
  { from, changes }: Decided,
  meant: Meant,
  note: string | undefined,
): Promise<Done> {
  const holding = from.map(({ id }) => id)
  const was = await targetOf(turn, ticket)
  const asked = meant.asked?.filter((person) => !isHere(turn, ticket, person, holding))
  await moveTicket(turn, {
    ticket,
    reason: 'by-hand',
    from: turn.structure.participants.flatMap(({ id }) => (holding.includes(id) ? [id] : [])),
    target: meant.target,
    by: actor.person,
    ...(asked ? { asking: asked } : {}),
    ...(note === undefined ? {} : { note }),
  })
  await tellVisitor(turn, ticket)
  // Undone, it is meant for whom it was meant before.
  const field = { kind: 'field', of: { ticket }, field: 'target', was, is: meant.target } as const
  return { ok: true, result: { conversation: turn.structure.conversation, ticket }, changes: [...changes, field] }
}

/** Somebody of a team who has the ticket already is not asked for it. */
function isHere({ structure }: Turn, ticket: TicketId, person: PersonId, leaving: readonly string[]): boolean {
  return structure.participants.some(
    (place) =>
      place.person === person &&
      !place.left &&
      !leaving.includes(place.id) &&
      structure.interactions.get(place.interaction)?.ticket === ticket &&
      structure.interactions.get(place.interaction)?.kind === 'exchange',
  )
}

/** A colleague at the desk has it from this moment on. What is noted for them stands in a backchannel with them alone. */
async function give(
  turns: Turns,
  turn: Turn,
  actor: Actor,
  ticket: TicketId,
  decided: Decided,
  person: PersonId,
  { note, id }: { note: string | undefined; id: OperationId },
): Promise<Done> {
  const before = turn.structure
  const from = decided.from.flatMap(({ id: place }) => before.participants.find((one) => one.id === place) ?? [])
  const noted = note === undefined ? null : noteFor(turn, actor, ticket, { person, parent: decided.interaction })
  const changes = [...decided.changes, ...(noted?.changes ?? [])]
  await writeChanges(turns, actor.account, changes)
  const interaction = decided.interaction as InteractionId
  await takeOver(turn, { ticket, from, person, interaction, by: actor.person })
  const place = turn.structure.participants.find(({ id: given }) => given === decided.place)
  if (place) await tellStory(turn, ticket, place)
  if (noted && note !== undefined) {
    const isSealed = from.some((one) => isSealedIn(before, one.interaction))
    await sayNote(turn, actor, { interaction: noted.interaction, note, isSealed, id })
  }
  const ended: Change[] = noted
    ? [{ kind: 'state', of: { interaction: noted.interaction }, was: 'open', is: 'closed' }]
    : []
  await writeChanges(turns, actor.account, ended)
  const { conversation } = turn.structure
  return {
    ok: true,
    result: { conversation, ticket, interaction, ...(decided.place ? { participant: decided.place } : {}) },
    changes: [...changes, ...ended],
  }
}

function noteFor(
  { structure }: Turn,
  { person: by }: Actor,
  ticket: TicketId,
  to: { person: PersonId; parent: string | null },
): { interaction: InteractionId; changes: Change[] } | null {
  if (to.person === by) return null
  const interaction = newId<InteractionId>()
  const { conversation } = structure
  const who = { interaction, role: 'responder', by } as const
  const id = () => newId()
  return {
    interaction,
    changes: [
      {
        ...{ kind: 'open-interaction', conversation, interaction, ticket, parent: to.parent, as: 'backchannel' },
        ...{ purpose: 'talk', name: null, category: null },
      },
      ...join(structure, { ...who, person: by }, id),
      ...join(structure, { ...who, person: to.person }, id),
    ],
  }
}

/** A note about what is sealed is sealed, too. */
async function sayNote(
  turn: Turn,
  actor: Actor,
  { interaction, note, isSealed, id }: { interaction: InteractionId; note: string; isSealed: boolean; id: OperationId },
) {
  const said = await turn.say({
    account: actor.account,
    person: actor.person,
    to: { conversation: turn.structure.conversation, interaction, late: true },
    via: actor.via,
    said: plainly(note),
    key: createHash('sha256').update(`note ${id}`).digest(),
    attachments: [],
    form: null,
    unproven: false,
    rawBlob: null,
    writtenAt: null,
    ...(isSealed ? { encryption: 'sealed' as const } : {}),
  })
  if (!said.ok) throw new Error(`a note was refused: ${said.refusal}`)
}
