import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { outlineOf } from './outline.model.ts'
import { kindLine, type Speaking, sayExit, short, titleOf } from './say-script.model.ts'
import { StepMark } from './step-mark.tsx'
import type { Editor } from './use-editor.ts'

interface Props {
  editor: Editor
  speaking: Speaking
  standing: string | null
  onAdd(after: { step: string; at: string } | null): void
  onEdit(): void
}

/** The same script as a list: for narrow screens, and for whoever would rather read it. */
export function Outline({ editor, speaking, standing, onAdd, onEdit }: Props) {
  const { say } = speaking
  const { script, chosen } = editor
  const lines = useMemo(() => outlineOf(script), [script])
  return (
    <nav className="outline" aria-label={say('outline.title')}>
      <ol>
        {lines.map(({ depth, via, is }) => {
          const branch = via && (
            <span className="outline-via" dir="auto">
              {sayExit(via, speaking)}
            </span>
          )
          const style = { marginInlineStart: `${Math.min(depth, 5) * 1.1}rem` }
          if (is.kind === 'step') {
            const step = script.steps[is.id]
            if (!step) return null
            const problems = editor.problemsAt.get(is.id) ?? []
            return (
              <li key={is.id} style={style}>
                {branch}
                <button
                  type="button"
                  className="step-box outline-step"
                  data-kind={step.kind}
                  data-chosen={chosen === is.id}
                  data-standing={standing === is.id}
                  data-problem={
                    problems.length === 0
                      ? undefined
                      : problems.some((one) => one.level === 'refused')
                        ? 'refused'
                        : 'warning'
                  }
                  aria-current={chosen === is.id ? 'step' : undefined}
                  onClick={() => {
                    editor.choose(is.id)
                    onEdit()
                  }}
                >
                  <span className="step-kind">
                    <StepMark kind={step.kind} />
                    <span className="step-kind-word">{kindLine(step, say)}</span>
                  </span>
                  {is.id === script.start && <span className="step-start">{say('step.start')}</span>}
                  <span className="step-text" dir="auto">
                    {titleOf(step, speaking)}
                  </span>
                  {problems.length > 0 && (
                    <span className="step-problem">
                      <span aria-hidden="true">!</span>
                      <span className="only-heard">{say('step.problems', { count: problems.length })}</span>
                    </span>
                  )}
                </button>
              </li>
            )
          }
          const from = { step: is.from, at: is.at }
          const to = is.kind === 'jump' ? script.steps[is.to] : undefined
          return (
            <li key={`${is.from} ${is.at}`} style={style} className="outline-jump">
              {branch}
              {is.kind === 'jump' && to ? (
                <button type="button" className="outline-to" onClick={() => editor.choose(is.to)}>
                  <span className="arrow" aria-hidden="true">
                    ↳&nbsp;
                  </span>
                  {say('outline.goesOnAt', { step: short(titleOf(to, speaking), 40) })}
                </button>
              ) : (
                <Button variant="light" color="red" size="compact-sm" className="bad" onClick={() => onAdd(from)}>
                  {say('exit.nowhere')} +
                </Button>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
