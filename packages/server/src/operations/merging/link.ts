import type { Change, Thing } from '@parley/rules'
import { z } from 'zod'
import { onceCalled, recordEvent } from '../../conversations/index.ts'
import type { Turns } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, type Done, operation, type Refusal, refused } from '../operation.ts'
import { mayDoTo } from '../standing.ts'
import { meant, type NamedThing, thing } from '../things.ts'
import { findTies } from '../tie.ts'
import { writeChanges } from '../write-changes.ts'
import { mayDoBoth } from './may-do-both.ts'
import { turnOf } from './turn-of.ts'

const input = z.strictObject({ a: thing, b: thing })
type Input = z.infer<typeof input>

/** Two things point at each other. Nobody's rights change. */
export const link = operation<Input>({
  name: 'link',
  summary: 'Let two conversations, tickets or interactions point at each other',
  input,
  refusals: ['wrong-state', 'not-together'],
  touches: (db, actor, { a, b }) => conversationsOf(db, actor, [a, b]),
  perform: (turns, actor, two) => tieOrUntie(turns, actor, two, 'link'),
})

export const unlink = operation<Input>({
  name: 'unlink',
  summary: 'Let two things that are linked not point at each other any more',
  input,
  refusals: ['wrong-state', 'not-together'],
  touches: (db, actor, { a, b }) => conversationsOf(db, actor, [a, b]),
  perform: (turns, actor, two) => tieOrUntie(turns, actor, two, 'unlink'),
})

async function tieOrUntie(turns: Turns, actor: Actor, named: Input, kind: 'link' | 'unlink'): Promise<Done | Refusal> {
  const { account, person } = actor
  const one = await toEnd(turns, actor, named.a)
  const other = await toEnd(turns, actor, named.b)
  if (!one || !other) return refused('not-there')
  const verdict = mayDoBoth(one.verdict, other.verdict)
  if (!verdict.ok) return verdict
  const [a, b] = [one.of, other.of]
  if (JSON.stringify(a) === JSON.stringify(b)) return refused('not-together')
  const tied = await findTies(turns.tx, account, one.called, other.called)
  if (tied.length > 0 === (kind === 'link')) return refused('wrong-state')
  const changes =
    kind === 'link'
      ? [{ kind, a, b, by: person }]
      : tied.map(([from, to]): Change => ({ kind, a: from, b: to, by: person }))
  await writeChanges(turns, account, changes)
  for (const conversation of new Set([one.conversation, other.conversation])) {
    const facts = { a, b }
    const happened = kind === 'link' ? 'linked' : 'unlinked'
    await recordEvent(turns.tx, { account, conversation, person, kind: happened, facts }, turns.now)
  }
  return { ok: true, result: a, changes }
}

async function toEnd(turns: Turns, actor: Actor, named: NamedThing) {
  const turn = await turnOf(turns, actor.account, named)
  if (!turn) return null
  const { structure } = turn
  const of: Exclude<Thing, { place: string }> = meant(structure, named)
  const [id = ''] = Object.values(of)
  const called = [...(await onceCalled(turns.tx, actor.account, [structure]))].flatMap(([was, now]) =>
    now === id ? [was] : [],
  )
  const verdict = mayDoTo(structure, actor, 'link', of)
  return { conversation: structure.conversation, of, called: called.length > 0 ? called : [id], verdict }
}
