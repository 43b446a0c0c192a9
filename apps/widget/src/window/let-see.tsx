import { useState } from 'preact/hooks'
import type { Session } from './session.ts'
import { t } from './text.ts'

/** Where several answer, each on their own: may they see each other's answers from now on? */
export function LetSee({ session: { client, conversation, helds } }: { session: Session }) {
  const [problem, setProblem] = useState('')
  const answering = helds.filter(({ view }) => view.kind === 'exchange' && view.writable)
  if (!client || conversation?.letsSee === undefined || answering.length < 2) return null
  const { id, letsSee } = conversation
  const change = async () => {
    const outcome = await client.perform('let-see', { conversation: id, on: !letsSee })
    setProblem(outcome.ok ? '' : outcome.text || t('wrong'))
  }
  return (
    <li>
      <button type="button" role="switch" aria-checked={letsSee} onClick={() => void change()}>
        {t('letSee')}
      </button>
      {problem && <p role="alert">{problem}</p>}
    </li>
  )
}
