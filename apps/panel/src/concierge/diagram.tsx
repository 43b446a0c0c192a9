import { ActionIcon, Group, useDirection } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { layOut } from './lay-out.model.ts'
import { kindLine, type Speaking, titleOf } from './say-script.model.ts'
import { boxTowards, graphOf, pathOf, type Towards } from './script-graph.model.ts'
import { useSayScript } from './script-words.tsx'
import { StepMark } from './step-mark.tsx'
import type { Editor } from './use-editor.ts'

export interface DiagramProps {
  editor: Editor
  speaking: Speaking
  /** Where the preview stands. */
  standing: string | null
  onAdd(after: { step: string; at: string } | null): void
  onDelete(step: string): void
  /** Go on in the form of the chosen step. */
  onEdit(): void
}

const keys: Record<string, Towards> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
}
const zooms = [0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5]
const rem = 16
const margin = 28

/** The script as boxes and arrows. Everything is placed by itself; lengths are in em, so that zooming is a matter of the letter size. */
export function Diagram({ editor, speaking, standing, onAdd, onDelete, onEdit }: DiagramProps) {
  const say = useSayScript()
  const { dir } = useDirection()
  const helpId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const { script, chosen } = editor
  const graph = useMemo(() => graphOf(script, speaking), [script, speaking])
  // Words alone move nothing: a large script is laid out again only when its shape changes.
  const shape = JSON.stringify([script.start, graph.boxes, graph.ways.map(({ id, label }) => [id, label])])
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const laid = useMemo(() => layOut(script.start, graph.boxes, graph.ways), [shape])
  const [hasFocus, setFocus] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: also when everything has moved
  useEffect(() => {
    const box = scroller.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(chosen)}"]`)
    box?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (hasFocus) box?.focus({ preventScroll: true })
  }, [chosen, hasFocus, laid])
  useEffect(() => {
    if (standing === null) return
    scroller.current?.querySelector(`[data-step="${CSS.escape(standing)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [standing])

  function fit(isWhole: boolean, least: number, most: number) {
    const room = scroller.current
    if (!room) return
    const letters = Number.parseFloat(getComputedStyle(room).fontSize) / rem
    const across = room.clientWidth / ((laid.width + margin * 2) * letters)
    const down = isWhole ? room.clientHeight / ((laid.height + margin * 2) * letters) : across
    setZoom(Math.max(least, Math.min(across, down, most)))
  }
  // At first as wide as there is room, while it can be read; later as one likes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useLayoutEffect(() => fit(false, 0.7, 1), [])
  const next = zooms.find((one) => one > zoom)
  const before = [...zooms].reverse().find((one) => one < zoom)

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isMirrored = dir === 'rtl' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
    const key = isMirrored ? (event.key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft') : event.key
    const towards = keys[key]
    if (towards) {
      const to = boxTowards(laid, graph.ways, chosen, towards)
      const nowhere = graph.nowhere.get(to)
      if (!nowhere) editor.choose(to)
    } else if (event.key === 'Enter' || event.key === ' ') onEdit()
    else if (event.key === 'Delete' || event.key === 'Backspace') onDelete(chosen)
    else if (event.key.toLowerCase() === 'a') {
      const way = graph.ways.find((one) => one.step === chosen)
      if (way) onAdd({ step: chosen, at: way.ats[0] ?? 'next' })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const em = (length: number) => `${length / rem}em`
  const height = laid.height + margin * 2
  const width = laid.width + margin * 2
  return (
    <section className="diagram" aria-label={say('diagram.title')}>
      <div className="diagram-room" ref={scroller}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus is */}
        <div
          className="diagram-sheet"
          style={{ fontSize: `${zoom}em`, width: em(width), height: em(height) }}
          onFocus={() => setFocus(true)}
          onBlur={() => setFocus(false)}
        >
          <svg className="diagram-arrows" viewBox={`${-margin} ${-margin} ${width} ${height}`} aria-hidden="true">
            <defs>
              {['plain', 'chosen', 'bad'].map((kind) => (
                <marker
                  key={kind}
                  id={`${helpId}${kind}`}
                  className={`arrow-head arrow-${kind}`}
                  viewBox="0 0 10 10"
                  refX="9"
                  refY="5"
                  markerWidth="8"
                  markerHeight="8"
                  markerUnits="userSpaceOnUse"
                  orient="auto"
                >
                  <path d="M0 0 10 5 0 10z" />
                </marker>
              ))}
            </defs>
            {graph.ways.map((way) => {
              const course = laid.arrows.get(way.id)
              if (!course) return null
              const kind = graph.nowhere.has(way.to)
                ? 'bad'
                : way.from === chosen || way.to === chosen
                  ? 'chosen'
                  : 'plain'
              return (
                <path
                  key={way.id}
                  className={`way-line arrow-${kind}`}
                  data-runs={course.runs}
                  d={pathOf(course)}
                  markerEnd={`url(#${helpId}${kind})`}
                />
              )
            })}
          </svg>
          {/* One stop for the tabulator: within, the arrow keys go. */}
          <div
            role="toolbar"
            aria-orientation="vertical"
            aria-label={say('diagram.title')}
            aria-describedby={helpId}
            onKeyDown={onKey}
          >
            {laid.rows.flat().map((id) => {
              const box = graph.boxes.find((one) => one.id === id)
              const at = laid.boxes.get(id)
              if (!box || !at) return null
              const style = {
                insetInlineStart: em(at.x + margin),
                top: em(at.y + margin),
                width: em(box.width),
                height: em(box.height),
              }
              const nowhere = graph.nowhere.get(id)
              if (nowhere) {
                return (
                  <button
                    key={id}
                    type="button"
                    tabIndex={-1}
                    className="step-nowhere"
                    style={style}
                    onClick={() => onAdd(nowhere)}
                  >
                    <span>{say('exit.nowhere')}</span>
                    <strong aria-hidden="true">+</strong>
                  </button>
                )
              }
              return (
                <StepBox
                  key={id}
                  id={id}
                  editor={editor}
                  speaking={speaking}
                  style={style}
                  isStanding={standing === id}
                  leads={graph.ways
                    .filter((way) => way.from === id)
                    .map((way) => (way.words ? `${way.words} → ${way.to}` : way.to))}
                />
              )
            })}
            {graph.ways.map((way) => {
              const course = laid.arrows.get(way.id)
              if (!course || !way.label) return null
              return (
                <button
                  key={way.id}
                  type="button"
                  tabIndex={-1}
                  className="way-label"
                  data-empty={way.words === ''}
                  style={{
                    insetInlineStart: em(course.label.x - way.label.width / 2 + margin),
                    top: em(course.label.y - way.label.height / 2 + margin),
                    width: em(way.label.width),
                    height: em(way.label.height),
                  }}
                  title={way.words || say('add.here')}
                  aria-label={`${say('add.here')}: ${way.from}${way.words ? `, ${way.words}` : ''}`}
                  onClick={() => onAdd({ step: way.step, at: way.ats[0] ?? 'next' })}
                >
                  {way.words && <span dir="auto">{way.words}</span>}
                  <i aria-hidden="true">+</i>
                </button>
              )
            })}
          </div>
        </div>
      </div>
      <p id={helpId} className="diagram-help">
        {say('diagram.help')}
      </p>
      <Group className="diagram-zoom" gap={4}>
        <ActionIcon
          variant="default"
          size="md"
          disabled={!before}
          onClick={() => before && setZoom(before)}
          aria-label={say('diagram.out')}
        >
          −
        </ActionIcon>
        <ActionIcon variant="default" size="md" onClick={() => fit(true, 0.4, 1.5)} aria-label={say('diagram.fit')}>
          <svg className="step-mark" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
          </svg>
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="md"
          disabled={!next}
          onClick={() => next && setZoom(next)}
          aria-label={say('diagram.in')}
        >
          +
        </ActionIcon>
      </Group>
    </section>
  )
}

interface BoxProps {
  id: string
  editor: Editor
  speaking: Speaking
  style: { insetInlineStart: string; top: string; width: string; height: string }
  isStanding: boolean
  leads: string[]
}

function StepBox({ id, editor, speaking, style, isStanding, leads }: BoxProps) {
  const { say } = speaking
  const step = editor.script.steps[id]
  if (!step) return null
  const problems = editor.problemsAt.get(id) ?? []
  const isChosen = editor.chosen === id
  const isRefused = problems.some(({ level }) => level === 'refused')
  return (
    <button
      type="button"
      className="step-box"
      data-step={id}
      data-kind={step.kind}
      data-chosen={isChosen}
      data-standing={isStanding}
      data-problem={problems.length === 0 ? undefined : isRefused ? 'refused' : 'warning'}
      style={style}
      tabIndex={isChosen ? 0 : -1}
      aria-pressed={isChosen}
      onClick={() => editor.choose(id)}
    >
      <span className="step-kind">
        <StepMark kind={step.kind} />
        <span className="step-kind-word">{kindLine(step, say)}</span>
      </span>
      {id === editor.script.start && <span className="step-start">{say('step.start')}</span>}
      <span className="step-text" dir="auto">
        {titleOf(step, speaking)}
      </span>
      {problems.length > 0 && (
        <span className="step-problem">
          <span aria-hidden="true">!</span>
          <span className="only-heard">{say('step.problems', { count: problems.length })}</span>
        </span>
      )}
      <span className="only-heard">
        {id}
        {leads.length > 0 ? `, ${say('exit.goesOn')}: ${leads.join(', ')}` : ''}
        {isStanding ? `, ${say('try.standsAt', { step: id })}` : ''}
      </span>
    </button>
  )
}
