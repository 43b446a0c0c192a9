import { Loader } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { speak, type Values } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { type CriteriaWord, type CriteriaWords, loadCriteriaWords } from './words/load-criteria-words.ts'

/** Speaks the words of wishes. */
export type SayCriteria = (word: CriteriaWord, values?: Values) => string

const Context = createContext<SayCriteria | null>(null)

export function useSayCriteria(): SayCriteria {
  const say = useContext(Context)
  if (!say) throw new Error('useSayCriteria outside CriteriaWordsProvider')
  return say
}

export function CriteriaWordsProvider({ children }: { children: ReactNode }) {
  const { language, say } = useWords()
  const [words, setWords] = useState<CriteriaWords | null>(null)
  useEffect(() => {
    let isCurrent = true
    loadCriteriaWords(language).then((loaded) => {
      if (isCurrent) setWords(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  const speaking = useMemo(() => (words ? speak<CriteriaWord>(words) : null), [words])
  if (!speaking) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return <Context.Provider value={speaking}>{children}</Context.Provider>
}
