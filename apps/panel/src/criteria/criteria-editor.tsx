import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import type { CriteriaView, Problem, ProblemAt } from '@parley/protocol'
import { useMemo, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSay } from '../words/words.tsx'
import { Absences } from './absences.tsx'
import { ConditionRow } from './condition-row.tsx'
import './criteria.css'
import { useCriteria, useCriteriaChoices, useSaveCriteria } from './criteria.queries.ts'
import { CriteriaWordsProvider, useSayCriteria } from './criteria-words.tsx'
import {
  addLine,
  changeLine,
  completeCriteriaOf,
  criteriaOf,
  type Draft,
  draftOf,
  type Group as GroupName,
  groups,
  isSame,
  removeLine,
} from './draft.model.ts'
import { HoursEditor } from './hours-editor.tsx'
import { OwnPreview, WhoWouldGet } from './preview.tsx'

/**
 * What somebody wants to be asked, at which hours, with who would get a question tried beside it. `person`: null for one's own; an
 * administrator gives a responder's id, and sees everyone's verdict.
 */
export function CriteriaEditor({ person }: { person: string | null }) {
  return (
    <CriteriaWordsProvider>
      <Loaded person={person} />
    </CriteriaWordsProvider>
  )
}

function Loaded({ person }: { person: string | null }) {
  const say = useSay()
  const saved = useCriteria(person)
  if (saved.error) return <ProblemNote problem={{ reason: 'unexpected', text: '' }} />
  if (!saved.data || saved.isFetching) return <Loader role="status" aria-label={say('page.loading')} />
  return <Editor person={person} saved={saved.data.criteria} />
}

function Editor({ person, saved }: { person: string | null; saved: CriteriaView }) {
  const say = useSayCriteria()
  const [draft, setDraft] = useState(() => draftOf(saved))
  const [problems, setProblems] = useState<readonly ProblemAt[]>([])
  const criteria = useMemo(() => completeCriteriaOf(draft), [draft])
  const instead = useMemo(() => (person === null ? undefined : { person, criteria }), [person, criteria])
  const change = (next: Draft) => {
    setDraft(next)
    setProblems([])
  }
  const shownAt = (path: string) => problems.filter((problem) => problem.path[0] === path)
  return (
    <Section title={say(person === null ? 'titleOwn' : 'titleOf')} how={say('how')}>
      <div className="criteria">
        <Stack className="criteria-wishes">
          {groups.map((group) => (
            <Wishes key={group} group={group} draft={draft} problems={shownAt(group)} onChange={change} />
          ))}
          <HoursEditor
            hours={draft.hours}
            problems={shownAt('hours')}
            onChange={(hours) => change({ ...draft, hours })}
          />
          <Absences
            away={draft.away}
            error={shownAt('away')[0]?.text}
            onChange={(away) => change({ ...draft, away })}
          />
          <Saving
            person={person}
            draft={draft}
            saved={saved}
            onSaved={(next) => setDraft(draftOf(next))}
            onRefused={setProblems}
          />
        </Stack>
        {person === null ? <OwnPreview criteria={criteria} /> : <WhoWouldGet instead={instead} />}
      </div>
    </Section>
  )
}

function Wishes({
  group,
  draft,
  problems,
  onChange,
}: {
  group: GroupName
  draft: Draft
  problems: readonly ProblemAt[]
  onChange(draft: Draft): void
}) {
  const say = useSayCriteria()
  const choices = useCriteriaChoices().data
  return (
    <section className="criteria-group" aria-label={say(group)}>
      <Title order={3}>{say(group)}</Title>
      {draft[group].length === 0 && (
        <Text size="sm" c="dimmed">
          {say('empty')}
        </Text>
      )}
      {draft[group].map(({ key, condition }, index) => (
        <ConditionRow
          key={key}
          condition={condition}
          number={index + 1}
          choices={choices}
          error={problems.find(({ path }) => path[1] === index)?.text}
          onChange={(next) => onChange(changeLine(draft, group, key, next))}
          onRemove={() => onChange(removeLine(draft, group, key))}
        />
      ))}
      <Button variant="default" size="xs" onClick={() => onChange(addLine(draft, group))}>
        {say('add')}
      </Button>
    </section>
  )
}

function Saving({
  person,
  draft,
  saved,
  onSaved,
  onRefused,
}: {
  person: string | null
  draft: Draft
  saved: CriteriaView
  onSaved(criteria: CriteriaView): void
  onRefused(problems: readonly ProblemAt[]): void
}) {
  const say = useSayCriteria()
  const sayDesk = useSay()
  const save = useSaveCriteria(person)
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle')
  const [problem, setProblem] = useState<Problem | null>(null)
  const hasChanges = !isSame(draft, saved)
  async function run() {
    setState('busy')
    const answer = await save(criteriaOf(draft))
    setState(answer.ok ? 'done' : 'idle')
    setProblem(answer.ok ? null : answer.problem)
    onRefused(answer.ok ? [] : (answer.problem.problems ?? []))
    if (answer.ok) onSaved(answer.value.criteria)
  }
  return (
    <Stack gap="xs">
      {hasChanges && <ProblemNote problem={problem} />}
      <Group>
        <Button onClick={run} loading={state === 'busy'} disabled={!hasChanges}>
          {say('save')}
        </Button>
        {hasChanges && (
          <Button variant="subtle" onClick={() => onSaved(saved)}>
            {say('takeBack')}
          </Button>
        )}
        <Text size="sm" role="status" c="dimmed">
          {hasChanges ? say('unsaved') : state === 'done' ? sayDesk('page.saved') : ''}
        </Text>
      </Group>
    </Stack>
  )
}
