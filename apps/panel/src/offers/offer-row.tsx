import { Text } from '@mantine/core'
import type { OfferView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { shortTime } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'

export function OfferRow({ offer, isChosen }: { offer: OfferView; isChosen: boolean }) {
  const { language } = useWords()
  return (
    <li>
      <Link
        to="/questions/$offer"
        params={{ offer: offer.id }}
        className="row row-offer"
        data-chosen={isChosen}
        aria-current={isChosen ? 'page' : undefined}
      >
        <span className="row-words">
          <span className="row-top">
            <bdi className="row-title">{offer.asker}</bdi>
            <time className="row-time" dateTime={offer.at}>
              {shortTime(offer.at, new Date(), language)}
            </time>
          </span>
          <span className="row-last" dir="auto">
            {offer.text}
          </span>
          <Text component="span" size="xs" c="dimmed" className="row-topic">
            {[offer.site, offer.topic].filter(Boolean).join(' · ')}
          </Text>
        </span>
      </Link>
    </li>
  )
}
