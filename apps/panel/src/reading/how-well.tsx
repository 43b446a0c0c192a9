import { Stack, Text, Title } from '@mantine/core'
import type { AdminSite, ReadingReport, ReadingView } from '@parley/protocol'
import { Section } from '../settings/section.tsx'
import { useWords } from '../words/words.tsx'
import { callTopic, sayShare } from './reading.model.ts'
import { useSayReading } from './reading-words.tsx'
import { ShareBar } from './share-bar.tsx'

/** Accuracy on examples that were held back, topic by topic, and what is taken for what. */
export function HowWell({ view, sites }: { view: ReadingView; sites: readonly AdminSite[] }) {
  const say = useSayReading()
  const { language } = useWords()
  const { report, refusal, learnedAt, isLearning } = view
  const when =
    learnedAt &&
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(learnedAt))
  return (
    <Section title={say('accuracy')} how={say('how')}>
      <Stack gap="sm">
        <Text role="status" size="sm" c="dimmed">
          {isLearning ? say('learning') : when ? say('learnedAt', { when }) : ''}
        </Text>
        {refusal && <Text>{say('tooFew')}</Text>}
        {report ? <Report report={report} view={view} sites={sites} /> : !refusal && <Text>{say('accuracyNone')}</Text>}
      </Stack>
    </Section>
  )
}

function Report({ report, view, sites }: { report: ReadingReport; view: ReadingView; sites: readonly AdminSite[] }) {
  const say = useSayReading()
  const { language } = useWords()
  const call = (id: string) => callTopic(view.topics, id, { language, sites })
  const share = (part: number) => sayShare(part, language)
  const { accuracy, heldBack, sure, rightWhenSure, rightWhenAsked, confusions } = report
  if (accuracy === null) return <Text>{say('accuracyNone')}</Text>
  return (
    <>
      <Text>{say('accuracyRight', { share: share(accuracy), count: heldBack })}</Text>
      {sure !== null && rightWhenSure !== null && (
        <Text>{say('accuracySure', { share: share(sure), right: share(rightWhenSure) })}</Text>
      )}
      {rightWhenAsked !== null && <Text>{say('accuracyAsked', { share: share(rightWhenAsked) })}</Text>}
      <ul className="share-list">
        {report.topics.map(({ label, accuracy: own, examples }) => (
          <li key={label}>
            <span>{call(label)}</span>
            <ShareBar share={own ?? 0} />
            <Text size="sm" c="dimmed">
              {[own === null ? null : say('right', { share: share(own) }), say('examplesCount', { count: examples })]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
      <Title order={3}>{say('confusions')}</Title>
      {confusions.length === 0 && <Text>{say('confusionsNone')}</Text>}
      <ul className="admin-list">
        {confusions.slice(0, 20).map(({ asked, takenFor, times }) => (
          <li key={`${asked} ${takenFor}`}>
            {say('confusion', { asked: call(asked), takenFor: call(takenFor), times })}
          </li>
        ))}
      </ul>
    </>
  )
}
