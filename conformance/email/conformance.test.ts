import { readdirSync, readFileSync } from 'node:fs'
import { inspectEmail } from '@parley/channel-email'
import { expect, test } from 'vitest'

const folder = new URL('./', import.meta.url)
const mails = readdirSync(folder).filter((file) => file.endsWith('.eml'))

test.each(mails)('A9: the mail %s is read as its expectation beside it says', async (file) => {
  const expected: unknown = JSON.parse(readFileSync(new URL(file.replace(/eml$/, 'json'), folder), 'utf8'))
  const found = await inspectEmail(readFileSync(new URL(file, folder)), { ownDomains: ['desk.example.net'] })
  expect({
    verdict: found.verdict,
    visible: found.visible,
    attachments: found.attachments,
    cuts: found.cuts.map(({ why, text }) => ({ why, text })),
    subject: found.envelope.subject,
    from: found.envelope.from,
  }).toEqual(expected)
})

test.each(mails)('A9: what the mail %s shows and what was cut from it are together the whole text', async (file) => {
  const { full, cuts, visible } = await inspectEmail(readFileSync(new URL(file, folder)), {
    ownDomains: ['desk.example.net'],
  })
  const kept = cuts.reduceRight((text, { from, to }) => text.slice(0, from) + text.slice(to), full)
  expect(visible.replace(/\s+/g, '')).toBe(kept.replace(/\s+/g, ''))
})

test('every expectation has its mail', () => {
  const expectations = readdirSync(folder).filter((file) => file.endsWith('.json'))
  expect(expectations.map((file) => file.replace(/json$/, 'eml')).sort()).toEqual([...mails].sort())
})
