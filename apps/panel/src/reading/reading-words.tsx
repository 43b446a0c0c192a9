import { Loader } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { speak, type Values } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { loadReadingWords, type ReadingWord, type ReadingWords } from './words/load-reading-words.ts'

type SayReading = (word: ReadingWord, values?: Values) => string

const Context = createContext<SayReading | null>(null)

export function useSayReading(): SayReading {
  const say = useContext(Context)
  if (!say) throw new Error('useSayReading outside ReadingWordsProvider')
  return say
}

export function ReadingWordsProvider({ children }: { children: ReactNode }) {
  const { language, say } = useWords()
  const [words, setWords] = useState<ReadingWords | null>(null)
  useEffect(() => {
    let isCurrent = true
    loadReadingWords(language).then((loaded) => {
      if (isCurrent) setWords(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  const speaking = useMemo(() => (words ? speak<ReadingWord>(words) : null), [words])
  if (!speaking) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return <Context.Provider value={speaking}>{children}</Context.Provider>
}
