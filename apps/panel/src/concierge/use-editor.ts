import { useDebouncedValue } from '@mantine/hooks'
import type { Script, ScriptProblem, ScriptStep } from '@parley/protocol'
import { useCallback, useMemo, useState } from 'react'
import { byStep, type Draft, isChanged, languagesOf } from './draft.model.ts'
import { begin, change, redo, undo } from './history.model.ts'
import type { Edited } from './script-edit.model.ts'
import { replaceStep } from './script-edit.model.ts'
import { useCheck } from './scripts.queries.ts'

/** Everything that the parts of the editor share: the draft, its past, the chosen step, and what is wrong with it. */
export function useEditor(saved: Draft) {
  const [history, setHistory] = useState(() => begin(saved))
  const [baseline, setBaseline] = useState(saved)
  const [wanted, setWanted] = useState(saved.script.start)
  const [shown, setShown] = useState(saved.script.language)
  const [added, setAdded] = useState<readonly string[]>([])
  const draft = history.present
  const { script } = draft

  const put = useCallback((next: Draft, about: string | null) => setHistory((h) => change(h, next, about)), [])
  const edit = useCallback(
    (next: Script, about: string | null = null) => setHistory((h) => change(h, { ...h.present, script: next }, about)),
    [],
  )
  const apply = useCallback(
    (edited: Edited) => {
      edit(edited.script)
      setWanted(edited.step)
    },
    [edit],
  )
  // Taking back may remove what is chosen.
  const chosen = Object.hasOwn(script.steps, wanted) ? wanted : script.start
  const editStep = useCallback(
    (step: ScriptStep, about: string | null = null) =>
      edit(replaceStep(script, chosen, step), about && `${chosen} ${about}`),
    [edit, script, chosen],
  )

  const [settled] = useDebouncedValue(script, 300)
  const checked = useCheck(settled)
  const problems: readonly ScriptProblem[] = checked.data?.problems ?? none
  const problemsAt = useMemo(() => byStep(problems), [problems])
  const languages = useMemo(() => [...new Set([...languagesOf(script), ...added])], [script, added])

  return {
    draft,
    script,
    put,
    edit,
    apply,
    editStep,
    chosen,
    choose: setWanted,
    problems,
    problemsAt,
    languages,
    shown: languages.includes(shown) ? shown : script.language,
    show: setShown,
    addLanguage(language: string) {
      setAdded((all) => [...all, language])
      setShown(language)
    },
    dropLanguage(language: string) {
      setAdded((all) => all.filter((one) => one !== language))
    },
    isChanged: useMemo(() => isChanged(draft, baseline), [draft, baseline]),
    saved: setBaseline,
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}
export type Editor = ReturnType<typeof useEditor>

const none: readonly ScriptProblem[] = []
