import { ActionIcon, Button, Drawer, Group, SegmentedControl, Switch, Tabs, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ScriptView, TryScript } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useTopics } from '../settings/me.queries.ts'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { AddStep } from './add-step.tsx'
import { Diagram } from './diagram.tsx'
import { type Draft, refusing } from './draft.model.ts'
import type { FormContext } from './form/form-context.ts'
import { ScriptForm } from './form/script-form.tsx'
import { StepForm } from './form/step-form.tsx'
import { Funnel } from './funnel.tsx'
import { Languages } from './languages.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { useNames } from './names.queries.ts'
import { Outline } from './outline.tsx'
import { Preview, type Trial } from './preview.tsx'
import { removeStep } from './script-edit.model.ts'
import { useSayScript } from './script-words.tsx'
import { useScriptCalls, useTried } from './scripts.queries.ts'
import { useEditor } from './use-editor.ts'
import { useSaveScript } from './use-save-script.ts'
import { Versions } from './versions.tsx'

type Shown = 'diagram' | 'list' | 'funnel'
type Side = 'step' | 'try' | 'script' | 'versions'

interface Props {
  /** As it was saved last; null for one that never was. */
  view: ScriptView | null
  draft: Draft
  onView(view: ScriptView): void
}

/** One script: the picture of it, and beside it what is looked at or tried. */
export function ScriptEditor({ view, draft, onView }: Props) {
  const say = useSayScript()
  const { language, say: sayDesk } = useWords()
  const editor = useEditor(draft)
  const topics = useTopics().data ?? []
  const names = useNames()
  const calls = useScriptCalls()
  const switching = useSaving()
  const saving = useSaveScript(editor, view, onView)
  // Beside the list of conversations there is no room for both before.
  const isNarrow = useMediaQuery('(max-width: 68em)', undefined, { getInitialValueInEffect: false }) ?? false
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const [wish, setWish] = useState<Shown | null>(null)
  const [side, setSide] = useState<Side>('step')
  const [isDrawn, setDrawn] = useState(false)
  const [adding, setAdding] = useState<{ step: string; at: string } | null | undefined>(undefined)
  const [trial, setTrial] = useState<Trial>({ events: [], language, topic: null })
  const aside = useRef<HTMLElement>(null)

  const { script, shown: shownLanguage } = editor
  const speaking = useMemo(
    () => ({ say, language, shown: shownLanguage, first: script.language, names }),
    [say, language, shownLanguage, script.language, names],
  )
  const isTrying = side === 'try' && (!isNarrow || isDrawn)
  const played = useTried(
    useMemo(() => trialOf(script, trial), [script, trial]),
    isTrying,
  )
  const standing = isTrying ? (played.data?.step ?? null) : null
  const context: FormContext = { editor, speaking, topics, onAdd: setAdding }
  const refused = refusing(editor.problems)
  const remarks = editor.problems.length - refused.length
  const shown: Shown = wish ?? (isPhone ? 'list' : 'diagram')

  function toForm() {
    setSide('step')
    setDrawn(true)
    // After it has been drawn.
    setTimeout(() => {
      const form = aside.current
      const first =
        form?.querySelector<HTMLElement>('.step-form textarea') ?? form?.querySelector<HTMLElement>('.step-form input')
      first?.focus()
    })
  }
  function onKey(event: KeyboardEvent) {
    const isInDialog = document.querySelector('[role="dialog"]') !== null
    const key = event.key.toLowerCase()
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (key === 's') void saving.save()
      else if (key === 'y' || (key === 'z' && event.shiftKey)) editor.redo()
      else if (key === 'z') editor.undo()
      else return
      event.preventDefault()
    }
    // The desk's own keys would lead away from here.
    if (!isInDialog && key !== '?') event.stopPropagation()
  }
  const toProblem = () => {
    const first = refused[0] ?? editor.problems[0]
    if (!first) return
    if (first.step) editor.choose(first.step)
    setSide(first.step ? 'step' : 'script')
    setDrawn(true)
  }
  const remove = (step: string) => editor.apply(removeStep(script, step))

  const views: { value: Shown; label: string }[] = [
    { value: 'diagram', label: say('view.diagram') },
    { value: 'list', label: say('view.list') },
    ...(view ? [{ value: 'funnel' as const, label: say('view.funnel') }] : []),
  ]
  const sides: { value: Side; label: string; content: ReactNode }[] = [
    {
      value: 'step',
      label: say('tab.step'),
      content: (
        <Languages editor={editor} part={script.steps[editor.chosen]}>
          <StepForm context={context} onDelete={remove} />
        </Languages>
      ),
    },
    {
      value: 'try',
      label: say('tab.try'),
      content: <Preview context={context} trial={trial} tried={played.data} error={played.error} onChange={setTrial} />,
    },
    {
      value: 'script',
      label: say('tab.script'),
      content: (
        <Languages editor={editor} part={script.rules ?? []}>
          <ScriptForm context={context} />
        </Languages>
      ),
    },
    ...(view
      ? [
          {
            value: 'versions' as const,
            label: say('tab.versions'),
            content: <Versions view={view} editor={editor} speaking={speaking} />,
          },
        ]
      : []),
  ]
  const tabs = (
    <Tabs
      value={side}
      onChange={(value) => {
        const chosen = sides.find((one) => one.value === value)
        if (chosen) setSide(chosen.value)
      }}
      keepMounted={false}
      className="sides"
    >
      <Tabs.List>
        {sides.map((one) => (
          <Tabs.Tab key={one.value} value={one.value}>
            {one.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {sides.map((one) => (
        <Tabs.Panel key={one.value} value={one.value} className="side-panel">
          {one.content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )

  return (
    // Keys that belong to the editor as a whole; each control within is one of its own.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className="script-editor" onKeyDown={onKey}>
      <div className="editor-bar">
        <ActionIcon
          renderRoot={(props) => <Link to="/admin/$section" params={{ section: 'concierge' }} {...props} />}
          variant="subtle"
          size="lg"
          aria-label={say('list.title')}
        >
          <span className="arrow" aria-hidden="true">
            ←
          </span>
        </ActionIcon>
        <h2 className="editor-name" dir="auto">
          {editor.draft.name || say('script.newName')}
        </h2>
        {view && (
          <Switch
            label={say(view.isOn ? 'list.on' : 'list.off')}
            aria-label={say('list.switch', { name: view.name })}
            checked={view.isOn}
            onChange={async (event) => {
              const answer = await switching.run(calls.change(view.id, { isOn: event.currentTarget.checked }))
              if (answer.ok) onView({ ...view, isOn: answer.value.isOn })
            }}
          />
        )}
        <Group gap={6} className="editor-acts">
          <Undo word={say('save.undo')} sign="↶" isOn={editor.canUndo} onClick={editor.undo} />
          <Undo word={say('save.redo')} sign="↷" isOn={editor.canRedo} onClick={editor.redo} />
          <Button onClick={saving.save} loading={saving.isBusy} disabled={view !== null && !editor.isChanged}>
            {view ? say('save.button', { version: view.version + 1 }) : say('save.first')}
          </Button>
        </Group>
      </div>
      <div className="editor-bar editor-bar-second">
        <SegmentedControl
          size="xs"
          data={views}
          value={shown}
          aria-label={say('view.label')}
          onChange={(value) => {
            const chosen = views.find((one) => one.value === value)
            if (chosen) setWish(chosen.value)
          }}
        />
        {editor.problems.length > 0 ? (
          <button type="button" className="problem-count" data-refused={refused.length > 0} onClick={toProblem}>
            {refused.length > 0
              ? say('problems.some', { count: refused.length })
              : say('problems.remarks', { count: remarks })}
          </button>
        ) : (
          <Text size="xs" c="dimmed" className="no-problems">
            {say('problems.none')}
          </Text>
        )}
        <Text
          size="xs"
          c="dimmed"
          role="status"
          className="editor-state"
          data-changed={editor.isChanged || saving.done !== null}
        >
          {saving.done !== null && !editor.isChanged
            ? say('save.done', { version: saving.done })
            : editor.isChanged
              ? say('save.unsaved')
              : view
                ? say('save.unchanged', { version: view.version })
                : ''}
        </Text>
        {isNarrow && (
          <Group gap={6}>
            {sides.map((one) => (
              <Button
                key={one.value}
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setSide(one.value)
                  setDrawn(true)
                }}
              >
                {one.label}
              </Button>
            ))}
          </Group>
        )}
      </div>
      <ProblemNote problem={switching.problem ?? saving.problem} />
      {saving.newer !== null && (
        <div className="problem conflict" role="alert">
          <Text size="sm">{say('save.changed', { version: saving.newer })}</Text>
          <Button size="xs" variant="default" onClick={saving.saveOver}>
            {say('save.over')}
          </Button>
        </div>
      )}
      <div className="editor-body">
        <div className="editor-main">
          {shown === 'diagram' && (
            <Diagram
              editor={editor}
              speaking={speaking}
              standing={standing}
              onAdd={setAdding}
              onDelete={remove}
              onEdit={toForm}
            />
          )}
          {shown === 'list' && (
            <Outline editor={editor} speaking={speaking} standing={standing} onAdd={setAdding} onEdit={toForm} />
          )}
          {shown === 'funnel' && view && <Funnel key={view.version} view={view} speaking={speaking} />}
        </div>
        {shown !== 'funnel' && isNarrow && (
          <Drawer
            opened={isDrawn}
            onClose={() => setDrawn(false)}
            position="right"
            size={isPhone ? '100%' : 'md'}
            title={editor.draft.name}
            closeButtonProps={{ 'aria-label': sayDesk('page.close') }}
          >
            <section ref={aside} className="editor-aside-drawn">
              {tabs}
            </section>
          </Drawer>
        )}
        {shown !== 'funnel' && !isNarrow && (
          <aside className="editor-aside" ref={aside} aria-label={sides.find((one) => one.value === side)?.label}>
            {tabs}
          </aside>
        )}
      </div>
      <AddStep
        editor={editor}
        speaking={speaking}
        after={adding}
        onClose={() => setAdding(undefined)}
        onAdded={() => {
          setAdding(undefined)
          setSide('step')
        }}
      />
      <LeaveGuard isNeeded={() => editor.isChanged && !saving.isLeaving.current} />
    </div>
  )
}

function Undo({ word, sign, isOn, onClick }: { word: string; sign: string; isOn: boolean; onClick(): void }) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={word} title={word} disabled={!isOn} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </ActionIcon>
  )
}

function trialOf(script: TryScript['script'], { events, language, topic }: Trial): TryScript {
  return { script, language, events: [...events], ...(topic ? { known: { topic } } : {}) }
}
