import { seeded } from '@parley/dev-env'
import { type ConversationId, newId, type OfferId, type PersonId, type RelayId } from '@parley/model'
import { expect, test } from 'vitest'
import { choosePlace } from './choose-place.ts'
import type { Place } from './read-places.ts'

const tags = ['A2', 'B3', 'C4', 'D5', 'E6', 'F7']
const texts = [
  'Yes',
  'A2',
  'a2: yes',
  'A3 yes',
  '[B3] no',
  'B33',
  'new',
  'New: hello',
  'ALL: thanks',
  'all',
  'K9',
  '10 to 16',
  '',
]

const aPlace = (tag: string, part: Partial<Place>): Place => {
  const conversation = part.conversation ?? newId<ConversationId>()
  return {
    relay: {
      account: newId(),
      relay: newId<RelayId>(),
      person: newId<PersonId>(),
      conversation,
      participant: null,
      interaction: null,
      left: false,
      invitation: null,
      offer: newId<OfferId>(),
      reach: 'one',
      state: 'active',
      tag,
      isInUse: part.isInUse ?? true,
    },
    conversation,
    tag,
    leadsTo: tag,
    isOpen: true,
    isInUse: true,
    isAsker: false,
    privateAnswers: true,
    isNew: false,
    ...part,
  }
}

test.each([1, 2, 3, 4])(
  'A8 whatever places somebody has and whatever they write, it goes only where its tag says or where nothing else could be meant (seed %i)',
  (seed) => {
    const { next } = seeded(seed)
    const some = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T
    for (let round = 0; round < 3_000; round++) {
      const conversations = [newId<ConversationId>(), newId<ConversationId>()]
      const places = tags.slice(0, Math.floor(next() * 6)).map((tag) => {
        const isInUse = next() < 0.8
        const conversation = some(conversations)
        return aPlace(tag, {
          conversation,
          isInUse,
          isOpen: isInUse && next() < 0.7,
          isAsker: next() < 0.5,
          privateAnswers: next() < 0.5,
          leadsTo: some([tag, tag, conversation]),
        })
      })
      const text = some(texts)
      const isPublic = next() < 0.5
      const chosen = choosePlace(text, places, { isPublic })
      const about = JSON.stringify({ round, text, isPublic, chosen: chosen.kind })
      if (chosen.kind === 'begin') expect(isPublic, about).toBe(true)
      if (chosen.kind !== 'place') continue
      const isTagged = chosen.from > 0 && text.slice(0, chosen.from).toUpperCase().includes(chosen.place.tag)
      const isForAll = chosen.place.relay.reach === 'all'
      const meant = places.filter((place) => place.isOpen || (place.isInUse && !(isPublic && place.isAsker)))
      const others = meant.filter(({ leadsTo }) => leadsTo !== chosen.place.leadsTo)
      if (isTagged) continue
      if (isForAll) {
        // Everyone is one conversation of the writer's own, named by its word or by there being nobody else to choose.
        expect(
          meant.every((place) => place.isAsker && place.conversation === chosen.place.conversation),
          about,
        ).toBe(true)
        continue
      }
      expect(others, about).toEqual([])
    }
  },
)
