import { Button, CloseButton, Text, TextInput } from '@mantine/core'
import { useSay } from '../words/words.tsx'
import { type FactDraft, factProblem, longestName, mostFacts } from './facts.model.ts'

/** Own facts, each a name and a value. */
export function Facts({ facts, onChange }: { facts: FactDraft[]; onChange: (facts: FactDraft[]) => void }) {
  const say = useSay()
  const set = (line: number, patch: Partial<FactDraft>) =>
    onChange(facts.map((one) => (one.line === line ? { ...one, ...patch } : one)))
  return (
    <div className="facts">
      {facts.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('details.noFacts')}
        </Text>
      )}
      {facts.map((fact, at) => {
        const problem = factProblem(fact, facts)
        return (
          <div key={fact.line} className="fact">
            <TextInput
              aria-label={say('details.factName', { number: at + 1 })}
              placeholder={say('details.factNameShort')}
              value={fact.name}
              maxLength={longestName}
              dir="auto"
              error={problem && say(problem)}
              onChange={(event) => set(fact.line, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={say('details.factValue', { number: at + 1 })}
              placeholder={say('details.factValueShort')}
              value={fact.value}
              maxLength={4000}
              dir="auto"
              onChange={(event) => set(fact.line, { value: event.currentTarget.value })}
            />
            <CloseButton
              size="lg"
              aria-label={say('details.factAway', { number: at + 1 })}
              onClick={() => onChange(facts.filter((one) => one.line !== fact.line))}
            />
          </div>
        )
      })}
      <Button
        variant="default"
        size="xs"
        disabled={facts.length >= mostFacts}
        onClick={() => {
          const line = Math.max(-1, ...facts.map((one) => one.line)) + 1
          onChange([...facts, { line, name: '', value: '' }])
        }}
      >
        {say('details.addFact')}
      </Button>
    </div>
  )
}
