import { Button, Stack, Text, Title } from '@mantine/core'
import { Refused } from '../api/ask.ts'
import { useSay } from '../words/words.tsx'
import { ProblemNote } from './problem-note.tsx'

export function PageProblem({ error }: { error: unknown }) {
  const say = useSay()
  const problem = error instanceof Refused ? error.problem : { reason: 'unexpected', text: '' }
  return (
    <Stack component="main" className="alone">
      <Title order={1}>{say('page.broken')}</Title>
      <ProblemNote problem={problem} />
      <Button onClick={() => location.reload()}>{say('page.reload')}</Button>
    </Stack>
  )
}

export function NotThere() {
  const say = useSay()
  return (
    <Stack component="main" className="alone">
      <Title order={1}>{say('page.notThere')}</Title>
      <Text>{say('page.notThereWhy')}</Text>
      <Button component="a" href="/desk/">
        {say('page.toDesk')}
      </Button>
    </Stack>
  )
}
