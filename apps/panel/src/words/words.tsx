import { DirectionProvider, useDirection } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { loadWords } from './load-words.ts'
import { type Catalogue, chooseLanguage, directionOf, type Language, type Say, speak } from './words.model.ts'

const stored = 'parley.desk.language'

interface Words {
  language: Language
  say: Say
  /** Remembered in this browser, also before anyone signs in. */
  choose(language: Language): void
}

const Context = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(Context)
  if (!words) throw new Error('useWords outside WordsProvider')
  return words
}

export const useSay = (): Say => useWords().say

export function WordsProvider({ children }: { children: ReactNode }) {
  const [wish, setWish] = useState(() => chooseLanguage([localStorage.getItem(stored), ...navigator.languages]))
  const [spoken, setSpoken] = useState<{ language: Language; catalogue: Catalogue } | null>(null)
  useEffect(() => {
    let isCurrent = true
    loadWords(wish).then((catalogue) => {
      if (isCurrent) setSpoken({ language: wish, catalogue })
    })
    return () => {
      isCurrent = false
    }
  }, [wish])
  const words = useMemo<Words | null>(() => {
    if (!spoken) return null
    return {
      language: spoken.language,
      say: speak(spoken.catalogue),
      choose(language) {
        localStorage.setItem(stored, language)
        setWish(language)
      },
    }
  }, [spoken])
  if (!words) return null
  return (
    <DirectionProvider initialDirection={directionOf(words.language)} detectDirection={false}>
      <Direction language={words.language} />
      <Context.Provider value={words}>{children}</Context.Provider>
    </DirectionProvider>
  )
}

function Direction({ language }: { language: Language }) {
  const { setDirection } = useDirection()
  useEffect(() => {
    document.documentElement.lang = language
    setDirection(directionOf(language))
  }, [language, setDirection])
  return null
}
