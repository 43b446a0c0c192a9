import { Checkbox, Stack, Text } from '@mantine/core'
import type { Me } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { useChangeMe, useTopics } from './me.queries.ts'
import { Section } from './section.tsx'
import { bySite, toggled } from './topics.model.ts'
import { useSaving } from './use-saving.ts'

export function Topics({ me }: { me: Me }) {
  const say = useSay()
  const topics = useTopics()
  const change = useChangeMe()
  const saving = useSaving()
  // Shown at once; a refusal takes it back.
  const [wished, setWished] = useState<string[] | null>(null)
  const chosen = wished ?? me.topics
  async function toggle(topic: string) {
    const next = toggled(chosen, topic)
    setWished(next)
    await saving.run(change({ topics: next }))
    setWished(null)
  }
  return (
    <Section title={say('topics.title')} how={say('topics.how')}>
      {topics.data?.length === 0 && <Text c="dimmed">{say('topics.none')}</Text>}
      <Stack>
        {bySite(topics.data ?? []).map((site) => (
          <fieldset key={site.site} className="topics">
            <legend>{site.name}</legend>
            {site.topics.map((topic) => (
              <Checkbox
                key={topic.id}
                label={topic.name}
                checked={chosen.includes(topic.id)}
                onChange={() => toggle(topic.id)}
              />
            ))}
          </fieldset>
        ))}
      </Stack>
      <ProblemNote problem={saving.problem} />
    </Section>
  )
}
