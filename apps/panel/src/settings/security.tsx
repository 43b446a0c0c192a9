import { Loader } from '@mantine/core'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { Password } from './password.tsx'
import { Section } from './section.tsx'
import { useSecurity } from './security.queries.ts'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

export function Security() {
  const say = useSay()
  const security = useSecurity()
  return (
    <Section
      title={say('security.title')}
      how={security.data ? say('security.how', { email: security.data.email }) : ''}
    >
      {security.error instanceof Refused && <ProblemNote problem={security.error.problem} />}
      {security.isPending && <Loader role="status" aria-label={say('page.loading')} />}
      {security.data && (
        <>
          <Password security={security.data} />
          <TwoFactor security={security.data} />
          <Sessions current={security.data.session} />
        </>
      )}
    </Section>
  )
}
