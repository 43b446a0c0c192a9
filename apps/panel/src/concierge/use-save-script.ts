import type { Problem, SaveScript, ScriptView } from '@parley/protocol'
import { useRef, useState } from 'react'
import { refusing } from './draft.model.ts'
import { useScriptCalls } from './scripts.queries.ts'
import type { Editor } from './use-editor.ts'

/** Saves the draft as the next version, unless something is wrong with it or somebody was faster. */
export function useSaveScript(editor: Editor, view: ScriptView | null, onView: (view: ScriptView) => void) {
  const calls = useScriptCalls()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [newer, setNewer] = useState<number | null>(null)
  const [done, setDone] = useState<number | null>(null)
  // Read when one leaves, in the same moment in which it is set.
  const isLeaving = useRef(false)
  const { draft } = editor

  async function save(basedOn = view?.version): Promise<void> {
    setBusy(true)
    setProblem(null)
    setNewer(null)
    await tried(basedOn)
    setBusy(false)
  }

  async function tried(basedOn: number | undefined): Promise<void> {
    const checked = await calls.check(draft.script)
    if (checked.ok) {
      const first = refusing(checked.value.problems)[0]
      if (first) {
        if (first.step) editor.choose(first.step)
        return
      }
    }
    const body: SaveScript = { ...draft, ...(basedOn === undefined ? {} : { basedOn }) }
    const answer = view ? await calls.save(view.id, body) : await calls.create(body)
    if (answer.ok) {
      editor.saved(draft)
      setDone(answer.value.version)
      isLeaving.current = view === null
      return onView(answer.value)
    }
    if (view && answer.problem.reason === 'changed-meanwhile') {
      const newest = await calls.read(view.id)
      if (newest.ok) return setNewer(newest.value.version)
    }
    setProblem(answer.problem)
  }

  return { save: () => save(), saveOver: () => save(newer ?? undefined), isBusy, problem, newer, done, isLeaving }
}
