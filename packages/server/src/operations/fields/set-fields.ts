import type { TeamId } from '@parley/model'
import { setFields as decide, type Fields, mayRead, watches } from '@parley/rules'
import { z } from 'zod'
import type { Structure } from '../../road/index.ts'
import { spansOf } from '../../road/index.ts'
import { admissionSchema } from '../../sites/index.ts'
import { areTeams } from '../are-teams.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, operation, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { interactionsOf, meant, thing } from '../things.ts'
import { writeChanges } from '../write-changes.ts'
import { chosenCategories, type FieldsThing, listsAround, readFields } from './read-fields.ts'

const line = (most: number) => z.string().trim().min(1).max(most)
/** What a conversation keeps of its beginning: not the house's to change. */
const ownKeys = ['page', 'context', 'fields', 'beganOver']
/** Deeper than anybody writes it, and not so deep that looking through it ends the process's stack. */
const deepest = 8
const isJsonValue = z.unknown().refine((value) => isShallow(value, deepest), `nested no deeper than ${deepest}`)

const input = z.strictObject({
  what: thing,
  name: line(200).nullable().optional(),
  category: z.uuid().nullable().optional(),
  tags: z.array(line(60)).max(50).optional(),
  /** Keys that are left out stay; null takes one away. */
  metadata: z
    .record(line(60), isJsonValue)
    .refine((given) => Object.keys(given).length <= 50, 'too many keys')
    .refine((given) => ownKeys.every((key) => !(key in given)), `none of ${ownKeys.join(', ')}`)
    .optional(),
  folder: line(200).nullable().optional(),
  categories: z.array(z.uuid()).max(200).nullable().optional(),
  answers: z
    .strictObject({ admission: admissionSchema.optional(), teams: z.array(z.uuid()).min(1).max(50).optional() })
    .nullable()
    .optional(),
  takesFrom: z.iso.datetime({ offset: true }).nullable().optional(),
  takesUntil: z.iso.datetime({ offset: true }).nullable().optional(),
  primary: z.uuid().nullable().optional(),
})

/** What the house writes beside something: its name, category, tags, own lists and rules, and the time in which it takes messages. */
export const setFields = operation({
  name: 'set-fields',
  summary: 'Set what stands beside a conversation, ticket or interaction; what is left out stays',
  input,
  refusals: ['unknown-choice', 'wrong-state', 'too-many', 'no-such-person'],
  touches: (db, actor, { what }) => conversationsOf(db, actor, [what]),
  async perform(turns, actor, { what, ...given }) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { structure } = turn
    const of = meant(structure, what)
    const verdict = mayDoTo(structure, actor, 'edit-fields', of)
    if (!verdict.ok) return verdict
    const was = await readFields(turns.tx, actor.account, of)
    if (!was) return refused('not-there')
    if (given.answers) {
      // Nobody is looked for in anything but a ticket, and its intake stands for it.
      const isAsked = !('interaction' in of) || [...structure.tickets].some(({ intake }) => intake === of.interaction)
      if (!isAsked) return refused('wrong-state')
      const teams = (given.answers.teams ?? []) as TeamId[]
      if (!(await areTeams(turns.tx, actor.account, teams))) return refused('no-such-person')
    }
    const decided = decide(
      {
        of,
        was,
        lists: await listsAround(turns.tx, structure, of),
        account: await chosenCategories(turns.tx, actor.account),
        places: placesIn(structure, actor, of),
      },
      wantedOf(given),
    )
    if (!decided.ok) return decided
    await writeChanges(turns, actor.account, decided.changes)
    return { ok: true, result: of, changes: decided.changes }
  },
})

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined
  return left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1))
}

/** Times are compared and kept in one form. */
function wantedOf({ takesFrom, takesUntil, ...rest }: Omit<z.infer<typeof input>, 'what'>): Partial<Fields> {
  const at = (time: string | null) => (time === null ? null : new Date(time).toISOString())
  const given = {
    ...rest,
    ...(takesFrom === undefined ? {} : { takesFrom: at(takesFrom) }),
    ...(takesUntil === undefined ? {} : { takesUntil: at(takesUntil) }),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Places in it that are still taken, as far as whoever asks may know of them. */
function placesIn(structure: Structure, who: Actor, of: FieldsThing): string[] {
  const seesAll = watches(who)
  const inside = interactionsOf(structure, of).filter(
    (id) => seesAll || mayRead(spansOf(structure, who.person), id).length > 0,
  )
  return structure.participants
    .filter(({ left, role: as, interaction }) => !left && as !== 'observer' && inside.includes(interaction))
    .map(({ id }) => id)
}
