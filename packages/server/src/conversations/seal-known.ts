import type { ConversationId, PersonId } from '@parley/model'
import type { Fact } from '@parley/rules'
import { sealingOf, type Writer } from '../db/index.ts'

/** What is one of a few, or an id: by it people are found, and it is nobody's words. */
const plain: ReadonlySet<string> = new Set(['topic', 'site', 'language', 'region'])

/** In which conversation, and by whom: its asker. */
interface Told {
  readonly conversation: ConversationId
  readonly by: PersonId
}

/** Facts as they are written where things are sealed: what they are about stays readable, what was told does not. */
export async function sealFacts(tx: Writer, told: Told, facts: readonly Fact[]): Promise<Fact[]> {
  const { account, values } = sealingOf(tx)
  // They go with a ticket that is split off or merged into another conversation: the key is what they are bound to.
  const place = { table: 'ticket', column: 'facts', row: account }
  const seal = (value: { text: string }) => values.seal(account, told, place, value)
  const sealed = facts.map(async (fact): Promise<Fact> => {
    if (plain.has(fact.about)) return fact
    return {
      ...fact,
      value: fact.value === '' ? '' : await seal({ text: fact.value }),
      ...(fact.label === undefined ? {} : { label: await seal({ text: fact.label }) }),
      ...(fact.shown === undefined ? {} : { shown: await seal({ text: fact.shown }) }),
    }
  })
  return Promise.all(sealed)
}

/** What the page or the visitor told besides, key by key. `beganOver` is the name of a medium. */
export async function sealMetadata(
  tx: Writer,
  told: Told,
  metadata: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { account, values } = sealingOf(tx)
  const place = { table: 'conversation', column: 'metadata', row: told.conversation }
  const entries = Object.entries(metadata).map(async ([key, json]) => {
    return [
      key,
      json === undefined || key === 'beganOver' ? json : await values.seal(account, told, place, { json }),
    ] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
