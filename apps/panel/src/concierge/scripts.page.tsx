import { ActionIcon, Badge, Button, Group, Loader, Menu, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { Problem, ScriptSummary } from '@parley/protocol'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type Answer, Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useTopics } from '../settings/me.queries.ts'
import { bySite } from '../settings/topics.model.ts'
import { useWords } from '../words/words.tsx'
import { moved, whereUsed } from './list.model.ts'
import { useNames } from './names.queries.ts'
import { useSayScript } from './script-words.tsx'
import { useScriptCalls, useScripts } from './scripts.queries.ts'

/** All scripts, in the order in which they are tried. */
export function ScriptsPage() {
  const say = useSayScript()
  const { say: sayDesk } = useWords()
  const navigate = useNavigate()
  const list = useScripts()
  const calls = useScriptCalls()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [renaming, setRenaming] = useState<ScriptSummary | null>(null)
  const scripts = list.data?.scripts ?? []

  async function tell<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await call
    setProblem(answer.ok ? null : answer.problem)
    return answer
  }
  async function copy(one: ScriptSummary) {
    const read = await tell(calls.read(one.id))
    if (!read.ok) return
    const { name, chosenBy, script } = read.value
    const made = await tell(calls.create({ name: say('list.copyOf', { name }).slice(0, 100), chosenBy, script }))
    if (made.ok) await open(made.value.id)
  }
  const open = (id: string) => navigate({ to: '/admin/$section/$', params: { section: 'concierge', _splat: id } })

  return (
    <Stack gap="md" className="scripts">
      <Group justify="space-between" align="flex-start" wrap="nowrap" className="scripts-head">
        <Text size="sm" c="dimmed">
          {say('list.how')}
        </Text>
        <Button
          className="scripts-new"
          renderRoot={(props) => (
            <Link to="/admin/$section/$" params={{ section: 'concierge', _splat: 'new' }} {...props} />
          )}
        >
          {say('list.new')}
        </Button>
      </Group>
      {list.error instanceof Refused && <ProblemNote problem={list.error.problem} />}
      <ProblemNote problem={problem} />
      {list.isPending && <Loader role="status" aria-label={sayDesk('page.loading')} />}
      {list.data && scripts.length === 0 && <Text>{say('list.none')}</Text>}
      <ol className="cards">
        {scripts.map((one, index) => (
          <Row
            key={one.id}
            script={one}
            isFirst={index === 0}
            isLast={index === scripts.length - 1}
            onMove={(by) => tell(calls.order(moved(scripts, one.id, by)))}
            onSwitch={(isOn) => tell(calls.change(one.id, { isOn }))}
            onCopy={() => copy(one)}
            onRename={() => setRenaming(one)}
          />
        ))}
      </ol>
      <Rename
        key={renaming?.id}
        script={renaming}
        onClose={() => setRenaming(null)}
        onName={async (name) => {
          if (!renaming) return
          const answer = await tell(calls.change(renaming.id, { name }))
          if (answer.ok) setRenaming(null)
        }}
      />
    </Stack>
  )
}

interface RowProps {
  script: ScriptSummary
  isFirst: boolean
  isLast: boolean
  onMove(by: 1 | -1): void
  onSwitch(isOn: boolean): void
  onCopy(): void
  onRename(): void
}

function Row({ script, isFirst, isLast, onMove, onSwitch, onCopy, onRename }: RowProps) {
  const say = useSayScript()
  const { language } = useWords()
  const names = useNames()
  const sites = new Map(bySite(useTopics().data ?? []).map(({ site, name }) => [site, name]))
  const { name } = script
  const used = whereUsed(script.chosenBy, { sites, topics: names.topics })
  return (
    <li className="card script-row" data-on={script.isOn}>
      <div className="script-order">
        <ActionIcon
          variant="subtle"
          size="sm"
          disabled={isFirst}
          aria-label={say('list.up', { name })}
          onClick={() => onMove(-1)}
        >
          <span aria-hidden="true">↑</span>
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size="sm"
          disabled={isLast}
          aria-label={say('list.down', { name })}
          onClick={() => onMove(1)}
        >
          <span aria-hidden="true">↓</span>
        </ActionIcon>
      </div>
      <div className="grow">
        <h2 dir="auto">
          <Link to="/admin/$section/$" params={{ section: 'concierge', _splat: script.id }}>
            {name}
          </Link>
        </h2>
        <Text size="sm" c="dimmed">
          {say('list.version', { version: script.version, at: fullTime(script.savedAt, language) })} ·{' '}
          {say(script.begins === 'at-entry' ? 'script.beginsAtEntry' : 'script.beginsWithWords')}
        </Text>
        <Group gap={6} mt={6}>
          {used.length === 0 && (
            <Badge variant="light" className="badge-word">
              {say('list.everywhere')}
            </Badge>
          )}
          {used.map((one) => (
            <Badge key={one} variant="light" className="badge-word" dir="auto">
              {one}
            </Badge>
          ))}
          <Text size="xs" c="dimmed">
            {say('list.runs', { count: script.runs })}
          </Text>
          {script.remarks > 0 && (
            <Badge variant="outline" color="orange.9" className="badge-word script-remarks">
              {say('problems.remarks', { count: script.remarks })}
            </Badge>
          )}
        </Group>
      </div>
      <Switch
        label={say(script.isOn ? 'list.on' : 'list.off')}
        aria-label={say('list.switch', { name })}
        checked={script.isOn}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={say('list.more', { name })}>
            <span aria-hidden="true">⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onRename}>{say('list.rename')}</Menu.Item>
          <Menu.Item onClick={onCopy}>{say('list.copy')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

interface RenameProps {
  script: ScriptSummary | null
  onClose(): void
  onName(name: string): void
}

function Rename({ script, onClose, onName }: RenameProps) {
  const say = useSayScript()
  const { say: sayDesk } = useWords()
  const [name, setName] = useState(script?.name ?? '')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() !== '') onName(name.trim())
  }
  return (
    <Modal
      opened={script !== null}
      onClose={onClose}
      title={say('list.rename')}
      closeButtonProps={{ 'aria-label': sayDesk('page.close') }}
    >
      <Stack component="form" onSubmit={submit}>
        <TextInput
          label={say('script.name')}
          value={name}
          maxLength={100}
          dir="auto"
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === ''}>
            {sayDesk('page.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
