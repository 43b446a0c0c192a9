import { Alert } from '@mantine/core'
import type { Problem } from '@parley/protocol'
import { sayProblem } from '../api/problem.model.ts'
import { useSay } from '../words/words.tsx'

/** What went wrong and what to do about it, said aloud to those who listen. */
export function ProblemNote({ problem }: { problem: Problem | null | undefined }) {
  const say = useSay()
  if (!problem) return null
  const said = sayProblem(problem)
  return (
    <Alert color="red" variant="light" role="alert" className="problem">
      {'text' in said ? said.text : say(said.word)}
      {problem.retryAfterSeconds !== undefined &&
        ` ${say('problem.waitSeconds', { seconds: problem.retryAfterSeconds })}`}
    </Alert>
  )
}
