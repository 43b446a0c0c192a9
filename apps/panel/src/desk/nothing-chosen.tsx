import { Text, Title } from '@mantine/core'
import { useEffect } from 'react'
import { useSay } from '../words/words.tsx'

export function NothingChosen() {
  const say = useSay()
  useEffect(() => {
    document.title = 'Parley'
  }, [])
  return (
    <div className="nothing">
      <img src="/desk/favicon.svg" alt="" width="56" height="56" />
      <Title order={1}>{say('home.title')}</Title>
      <Text c="dimmed">{say('home.how')}</Text>
    </div>
  )
}
