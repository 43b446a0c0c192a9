import { inspectSip } from '@parley/channel-sip'
import { describe, expect, test } from 'vitest'
import { tortures } from './torture.ts'

describe('the torture messages that RFC 4475 describes', () => {
  test.each(tortures.filter(({ refused }) => refused))(
    '§$section $name is refused for its reason, with the answer that the RFC suggests',
    ({ raw, refused }) => {
      const { because, status } = refused ?? {}
      expect(inspectSip(raw)).toMatchObject({ kind: 'refused', because, status })
    },
  )

  test.each(tortures.filter(({ understood }) => understood))('§$section $name is odd, and understood', (torture) => {
    expect(inspectSip(torture.raw)).toMatchObject(torture.understood ?? {})
  })

  test('every section with a message in it is here', () => {
    const sections = new Set(tortures.map(({ section }) => section))
    const expected = [
      ...Array.from({ length: 19 }, (_, index) => `3.1.2.${index + 1}`),
      '3.2.1',
      ...Array.from({ length: 15 }, (_, index) => `3.3.${index + 1}`),
      '3.4.1',
    ]
    expect([...sections]).toEqual(expected)
  })
})
