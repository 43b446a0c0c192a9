import { Stack, Switch, Text } from '@mantine/core'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useSay } from '../words/words.tsx'
import { browserPush } from './browser-push.ts'
import { usePush, usePushCalls } from './push.queries.ts'

/** Being told on this device while the desk is closed, and what its lock screen may show. */
export function ThisBrowser() {
  const say = useSay()
  const push = usePush().data
  const calls = usePushCalls()
  const saving = useSaving()
  if (!push) return null
  const { key, here } = push
  const state = browserPush()
  return (
    <Section title={say('push.title')} how={say('push.how')}>
      <Stack gap="sm">
        {state === 'none' && <Text>{say('push.none')}</Text>}
        {state === 'denied' && <Text>{say('push.denied')}</Text>}
        {state === 'ready' && (
          <>
            <Switch
              label={say('push.on')}
              checked={here.on}
              disabled={saving.isBusy}
              onChange={(event) =>
                saving.run(event.currentTarget.checked ? calls.switchOn(key, false) : calls.switchOff())
              }
            />
            {here.on && (
              <Switch
                label={say('push.words')}
                description={say('push.wordsHow')}
                checked={here.showsWords}
                disabled={saving.isBusy}
                onChange={(event) => saving.run(calls.switchOn(key, event.currentTarget.checked))}
              />
            )}
          </>
        )}
        <ProblemNote problem={saving.problem} />
      </Stack>
    </Section>
  )
}
