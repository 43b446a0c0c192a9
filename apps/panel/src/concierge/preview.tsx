import { Badge, Button, Group, Select, Text, TextInput } from '@mantine/core'
import type { TriedScript, TryEvent } from '@parley/protocol'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { languageNames } from '../words/words.model.ts'
import type { FormContext } from './form/form-context.ts'
import { mayDo, passing } from './preview.model.ts'
import { sayDestination, sayFact, sayTime, short, titleOf } from './say-script.model.ts'

export interface Trial {
  readonly events: readonly TryEvent[]
  readonly language: string
  readonly topic: string | null
}

interface Props {
  context: FormContext
  trial: Trial
  tried: TriedScript | undefined
  error: Error | null
  onChange(trial: Trial): void
}

/** A talk with the script as it stands here. What was said is said again to the script that was changed meanwhile. */
export function Preview({ context, trial, tried, error, onChange }: Props) {
  const { editor, speaking, topics } = context
  const { say, language } = speaking
  const log = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const may = mayDo(tried, trial.events.length)
  const add = (event: TryEvent) => onChange({ ...trial, events: [...trial.events, event] })
  const count = tried?.lines.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is one more line
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [count])
  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '' || !may.say) return
    add({ kind: 'said', text: text.trim(), consents: true })
    setText('')
  }
  const isRefused = error instanceof Refused && error.problem.reason === 'script-refused'
  const last = tried?.lines.at(-1)
  const standing = tried?.step ? editor.script.steps[tried.step] : undefined
  const facts = Object.entries(tried?.facts ?? {})
  return (
    <div className="preview">
      <Text size="sm" c="dimmed">
        {say('try.how')}
      </Text>
      <Group grow gap="xs" align="end">
        <Select
          label={say('try.language')}
          data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
          value={trial.language}
          allowDeselect={false}
          onChange={(value) => value && onChange({ ...trial, language: value })}
        />
        <Select
          label={say('try.topic')}
          data={topics.map(({ id, name, siteName }) => ({ value: id, label: `${name} · ${siteName}` }))}
          value={trial.topic}
          clearable
          onChange={(topic) => onChange({ ...trial, topic })}
        />
      </Group>
      {error && !isRefused && error instanceof Refused && <ProblemNote problem={error.problem} />}
      {isRefused && (
        <Text className="bad" role="status" size="sm">
          {say('try.refused')}
        </Text>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <div className="preview-log" role="log" aria-label={say('try.log')} tabIndex={0} ref={log} data-old={isRefused}>
        {tried?.lines.map((line, index) => (
          // The same request gives the same lines in the same order.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <div key={index} className="preview-line" data-from={line.from}>
            <button
              type="button"
              className="preview-bubble"
              dir="auto"
              disabled={!line.step || !editor.script.steps[line.step]}
              onClick={() => line.step && editor.choose(line.step)}
            >
              {line.text}
            </button>
            {line.choices && index === (tried?.lines.length ?? 0) - 1 && (
              <Group gap={6} mt={6}>
                {line.choices.map((choice) => (
                  <Button
                    key={choice}
                    size="compact-sm"
                    variant="default"
                    onClick={() => add({ kind: 'said', text: choice })}
                  >
                    {choice}
                  </Button>
                ))}
              </Group>
            )}
          </div>
        ))}
      </div>
      <div className="preview-state" role="status">
        {tried?.then === 'waiting-for-words' && !last && say('try.waitingForWords')}
        {tried?.then === 'handed-over' && (
          <Badge variant="light" size="lg" className="badge-word">
            {say('try.handedOver')} {tried.to && sayDestination(tried.to, speaking)}
          </Badge>
        )}
        {tried?.then === 'done' && say('try.done')}
        {standing && say('try.standsAt', { step: short(titleOf(standing, speaking)) })}{' '}
        {may.pass &&
          tried?.goesOnInMs !== undefined &&
          say('try.waiting', { time: sayTime(tried.goesOnInMs, language) })}
      </div>
      <form onSubmit={submit} className="preview-say">
        <TextInput
          className="grow"
          aria-label={say('try.input')}
          placeholder={say('try.input')}
          value={text}
          disabled={!may.say}
          maxLength={2_000}
          dir="auto"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!may.say || text.trim() === ''}>
          {say('try.say')}
        </Button>
      </form>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => onChange({ ...trial, events: [] })}>
          {say('try.again')}
        </Button>
        <Button variant="default" size="xs" disabled={!may.pass} onClick={() => add(passing(tried))}>
          {say('try.skip')}
        </Button>
      </Group>
      {facts.length > 0 && (
        <dl className="preview-facts" aria-label={say('try.known')}>
          {facts.map(([fact, values]) => (
            <div key={fact}>
              <dt>{isFact(fact) ? sayFact(fact, say) : fact}</dt>
              <dd dir="auto">{values.map((value) => speaking.names.topics.get(value) ?? value).join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

const isFact = (name: string): name is `answer:${string}` | 'topic' =>
  /^(topic|product|language|region|field:.*|answer:.*)$/.test(name)
