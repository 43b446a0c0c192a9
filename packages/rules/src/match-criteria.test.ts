import { expect, test } from 'vitest'
import { type KnownRequest, matchCriteria, type ResponderCriteria } from './match-criteria.ts'

const request: KnownRequest = { site: 'shop', topic: 'returns', language: 'de-CH', region: 'US-AK' }
const anyone: ResponderCriteria = { paused: false, capacity: null, open: 0 }

test.each<[string, Partial<ResponderCriteria>, Partial<KnownRequest>, string | true]>([
  ['who set nothing is asked about everything', {}, {}, true],
  [
    'who set everything right is asked',
    { sites: ['shop'], topics: ['returns', 'sizes'], languages: ['de'], regions: ['US'], capacity: 2, open: 1 },
    {},
    true,
  ],
  ['who pauses is not asked', { paused: true }, {}, 'paused'],
  ['another site is not theirs', { sites: ['garden'] }, {}, 'other-site'],
  ['another topic is not theirs', { topics: ['sizes'] }, {}, 'other-topic'],
  ['who wants no topic at all is never asked about one', { topics: [] }, {}, 'other-topic'],
  ['a topic that is not known yet excludes nobody', { topics: ['sizes'] }, { topic: null }, true],
  ['another language is not theirs', { languages: ['fr', 'it'] }, {}, 'other-language'],
  ['a regional form of the language does no harm', { languages: ['de-AT'] }, {}, true],
  ['a language that is not known excludes nobody', { languages: ['fr'] }, { language: null }, true],
  ['another region is not theirs', { regions: ['CA'] }, {}, 'other-region'],
  ['a region holds its parts', { regions: ['us'] }, {}, true],
  ['a part does not hold its region', { regions: ['US-AK'] }, { region: 'US' }, 'other-region'],
  ['a name that only begins alike is another region', { regions: ['U'] }, {}, 'other-region'],
  ['who has enough open is not asked', { capacity: 2, open: 2 }, {}, 'at-capacity'],
  [
    'at capacity is said only of those who would be asked',
    { topics: ['sizes'], capacity: 2, open: 2 },
    {},
    'other-topic',
  ],
])('A7: %s', (_, criteria, known, verdict) => {
  expect(matchCriteria({ ...request, ...known }, { ...anyone, ...criteria })).toEqual(
    verdict === true ? { matches: true } : { matches: false, because: verdict },
  )
})
