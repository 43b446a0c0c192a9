import { VisuallyHidden } from '@mantine/core'
import { usePrevious } from '@mantine/hooks'
import type { OfferView } from '@parley/protocol'
import { useEffect, useState } from 'react'
import { newcomers } from '../offers/offers.model.ts'
import { useOffers } from '../offers/offers.queries.ts'
import { useSay } from '../words/words.tsx'

/** Says new questions aloud, wherever on the desk one is. (Messages of the open conversation are said by its own log.) */
export function Announcer() {
  const say = useSay()
  const { data } = useOffers()
  const before = usePrevious<OfferView[] | undefined>(data)
  const [words, setWords] = useState('')
  useEffect(() => {
    const first = data ? newcomers(before, data)[0] : undefined
    if (first) setWords(say('list.newQuestion', { asker: first.asker }))
  }, [data, before, say])
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  )
}
