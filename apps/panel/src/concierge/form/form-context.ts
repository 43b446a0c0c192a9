import type { ScriptProblem, TopicView } from '@parley/protocol'
import type { Speaking } from '../say-script.model.ts'
import type { Editor } from '../use-editor.ts'

/** What the parts of a form need besides the value that they change. */
export interface FormContext {
  readonly editor: Editor
  readonly speaking: Speaking
  readonly topics: readonly TopicView[]
  onAdd(after: { step: string; at: string } | null): void
}

/** The first thing that is wrong at a place inside a step. */
export const problemAt = (problems: readonly ScriptProblem[] | undefined, path: string): ScriptProblem | undefined =>
  problems?.find((one) => one.path === path || one.path?.startsWith(`${path}.`))
