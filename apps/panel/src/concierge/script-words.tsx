import { Loader } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { speak, type Values } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { loadScriptWords, type ScriptWord, type ScriptWords } from './words/load-script-words.ts'

/** Speaks the words of the script editor. */
export type SayScript = (word: ScriptWord, values?: Values) => string

const Context = createContext<SayScript | null>(null)

export function useSayScript(): SayScript {
  const say = useContext(Context)
  if (!say) throw new Error('useSayScript outside ScriptWordsProvider')
  return say
}

export function ScriptWordsProvider({ children }: { children: ReactNode }) {
  const { language, say } = useWords()
  const [words, setWords] = useState<ScriptWords | null>(null)
  useEffect(() => {
    let isCurrent = true
    loadScriptWords(language).then((loaded) => {
      if (isCurrent) setWords(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  const speaking = useMemo(() => (words ? speak<ScriptWord>(words) : null), [words])
  if (!speaking) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return <Context.Provider value={speaking}>{children}</Context.Provider>
}
