import type { Hint } from '../bus/index.ts'
import type { Committed } from '../road/index.ts'

/** What other processes are told of a commit, with what each hint is about; lists that changed are told as frames that pass. */
export function hintsOf({ says, restructured, became = [], gone = [] }: Committed): { key: string; hint: Hint }[] {
  const touched = [...says.map((say) => say.structure), ...restructured].map(({ account, conversation, spans }) => ({
    key: conversation,
    hint: { kind: 'committed' as const, account, conversation, people: [...spans.keys()] },
  }))
  const lost = gone.map(({ account, conversation }) => ({
    key: conversation,
    hint: { kind: 'committed' as const, account, conversation, people: null },
  }))
  const ended = became.map((person) => ({ key: `ended ${person}`, hint: { kind: 'ended' as const, person } }))
  return [...touched, ...lost, ...ended]
}
