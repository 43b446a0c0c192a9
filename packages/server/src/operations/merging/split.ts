import { newId, type PersonId } from '@parley/model'
import { type Change, mayRead, splitInteractions, splitMessages, watches } from '@parley/rules'
import { z } from 'zod'
import { recordEvent } from '../../conversations/index.ts'
import { spansOf, type Turn } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, operation, type Refusal, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { writeChanges } from '../write-changes.ts'
import { mayDoBoth } from './may-do-both.ts'
import { placedIn } from './placed.ts'
import { reachPlaced } from './reach-placed.ts'

const ids = z.array(z.uuid()).min(1).max(1000)
const input = z
  .strictObject({
    ticket: z.uuid(),
    /** Whole interactions of the ticket: they belong to the new one. */
    interactions: ids.optional(),
    /** Or messages of one of its interactions: they are placed besides in a new exchange, with the asking side and these people. */
    from: z.uuid().optional(),
    messages: ids.optional(),
    people: z.array(z.uuid()).max(50).optional(),
    name: z.string().trim().min(1).max(200).optional(),
  })
  .refine(({ interactions, from, messages }) => {
    const isWhole = interactions !== undefined && from === undefined && messages === undefined
    return isWhole || (interactions === undefined && from !== undefined && messages !== undefined)
  }, 'name whole interactions, or messages and the interaction that they stand in')
  .refine(({ interactions, people }) => !interactions || !people, 'people come in with messages only')

type Input = z.infer<typeof input>

/** One matter turns out to be two: a ticket of its own for what is about something else. */
export const split = operation<Input>({
  name: 'split',
  summary: 'Make a ticket of its own of some interactions or messages of a ticket',
  input,
  refusals: ['wrong-state', 'not-together', 'conversation-closed', 'asks-here', 'no-such-person'],
  touches: (db, actor, { ticket }) => conversationsOf(db, actor, [{ ticket }]),
  async perform(turns, actor, wanted) {
    const [turn] = turns.all
    if (!turn) return refused('not-there')
    const { account, person } = actor
    const ticket = newId()
    const exchange = newId()
    const decided = await decide(turn, actor, wanted, { ticket, exchange })
    if (!decided.ok) return decided
    const { changes } = decided
    await writeChanges(turns, account, changes)
    await reachPlaced(turns, changes)
    const { conversation } = turn.structure
    const facts = { from: wanted.ticket, ticket }
    await recordEvent(turns.tx, { account, conversation, person, kind: 'split', facts }, turns.now)
    const messages = changes.flatMap((change) => (change.kind === 'place' ? [change.message] : []))
    const made = messages.length > 0 ? { interaction: exchange as string, messages } : {}
    return { ok: true, result: { conversation, ticket, ...made }, changes }
  },
})

async function decide(
  turn: Turn,
  actor: Actor,
  { ticket, interactions, from, messages = [], people = [], name }: Input,
  made: { ticket: string; exchange: string },
): Promise<{ ok: true; changes: Change[] } | Refusal> {
  const { structure } = turn
  const inside = interactions ?? (from === undefined ? [] : [from])
  const verdict = inside
    .map((interaction) => mayDoTo(structure, actor, 'split', { interaction }))
    .reduce(mayDoBoth, mayDoTo(structure, actor, 'split', { ticket }))
  if (!verdict.ok) return verdict
  const how = { ticket, name: name ?? null, makes: made.ticket }
  if (interactions) return splitInteractions(structure, { ...how, interactions }, () => newId())
  const source = from === undefined ? undefined : structure.interactions.get(from as never)
  if (!source) return refused('not-there')
  const found = await placedIn(turn.tx, structure.account, source, messages)
  if (found.length < new Set(messages).size) return refused('not-there')
  if (!(await areOurs(turn, people))) return refused('no-such-person')
  const wanted = {
    ...{ ...how, from: source.id, exchange: made.exchange, messages: found, people, by: actor.person },
    // Who watches over it may give what they do not read themselves.
    readable: watches(actor) ? [{ from: 1, to: null }] : mayRead(spansOf(structure, actor.person), source.id),
  }
  return splitMessages(structure, wanted, () => newId())
}

/** Are these all people who answer for this account now? */
async function areOurs({ tx, structure }: Turn, people: readonly string[]): Promise<boolean> {
  if (people.length === 0) return true
  const found = await tx
    .selectFrom('responder')
    .select('person_id')
    .where('account_id', '=', structure.account)
    .where('person_id', 'in', [...people] as PersonId[])
    .where('state', 'in', ['active', 'paused'])
    .execute()
  return found.length === new Set(people).size
}
