import { Loader } from '@mantine/core'
import type { ScriptView } from '@parley/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useWords } from '../words/words.tsx'
import { firstScript } from './script-edit.model.ts'
import { ScriptEditor } from './script-editor.tsx'
import { useSayScript } from './script-words.tsx'
import { useScript } from './scripts.queries.ts'

export function NewScriptPage() {
  const say = useSayScript()
  const { language } = useWords()
  const navigate = useNavigate()
  const [draft] = useState(() => ({ name: say('script.newName'), chosenBy: {}, script: firstScript(language) }))
  return (
    <ScriptEditor
      view={null}
      draft={draft}
      onView={({ id }) =>
        navigate({ to: '/admin/$section/$', params: { section: 'concierge', _splat: id }, replace: true })
      }
    />
  )
}

export function ScriptPage({ id }: { id: string }) {
  const { say } = useWords()
  const read = useScript(id)
  const [newest, setNewest] = useState<ScriptView | null>(null)
  if (read.error instanceof Refused) return <ProblemNote problem={read.error.problem} />
  if (!read.data) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  const view = newest ?? read.data
  const { name, chosenBy, script } = read.data
  return <ScriptEditor view={view} draft={{ name, chosenBy, script }} onView={setNewest} />
}
