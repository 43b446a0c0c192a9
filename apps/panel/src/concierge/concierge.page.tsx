import './concierge.css'
import { NewScriptPage, ScriptPage } from './script.page.tsx'
import { ScriptWordsProvider } from './script-words.tsx'
import { ScriptsPage } from './scripts.page.tsx'

/** `/desk/admin/concierge`: the scripts; behind it a script's id, or `new`. */
export function ConciergePage({ rest }: { rest: string }) {
  return (
    <ScriptWordsProvider>
      {rest === '' ? <ScriptsPage /> : rest === 'new' ? <NewScriptPage /> : <ScriptPage id={rest} />}
    </ScriptWordsProvider>
  )
}
