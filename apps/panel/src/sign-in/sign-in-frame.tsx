import { Paper, Select, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { isLanguage, languageNames } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'

export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  const { language, say, choose } = useWords()
  useEffect(() => {
    document.title = `${title} · Parley`
  }, [title])
  return (
    <main className="sign-in">
      <Paper withBorder shadow="sm" p="xl" className="sign-in-card">
        <p className="brand">
          <img src="/desk/favicon.svg" alt="" width="28" height="28" /> Parley
        </p>
        <Title order={1} mb="md">
          {title}
        </Title>
        {children}
      </Paper>
      <Select
        aria-label={say('settings.language')}
        className="sign-in-language"
        data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
        value={language}
        onChange={(value) => value && isLanguage(value) && choose(value)}
        allowDeselect={false}
        size="xs"
        variant="unstyled"
      />
    </main>
  )
}
