import type { OfferView } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

export const waiting = (offers: readonly OfferView[]): OfferView[] => offers.filter((offer) => offer.state === 'open')

/** Why this question cannot be answered here any more, kindly. */
export function overWord(state: OfferView['state']): Word | null {
  switch (state) {
    case 'open':
      return null
    case 'admitted':
      return 'offer.admitted'
    case 'declined':
      return 'offer.declined'
    case 'withdrawn':
      return 'offer.withdrawn'
    case 'expired':
      return 'offer.expired'
    case 'waiting':
      return 'offer.waiting'
    case 'late':
      return 'offer.late'
  }
}

/** Declined and late ones may still be answered: a place may have become free. The server has the last word. */
export const mayAnswer = (state: OfferView['state']): boolean => state === 'open' || state === 'declined'

/** Questions that were not there a moment ago: worth saying aloud. */
export function newcomers(before: readonly OfferView[] | undefined, now: readonly OfferView[]): OfferView[] {
  if (!before) return []
  const known = new Set(before.map((offer) => offer.id))
  return waiting(now).filter((offer) => !known.has(offer.id))
}
