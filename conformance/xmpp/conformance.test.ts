import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { inspectStanza } from '@parley/channel-xmpp'
import { expect, test } from 'vitest'

const folder = new URL('./', import.meta.url)
const stanzas = readdirSync(folder).filter((file) => file.endsWith('.xml'))
const expectationOf = (file: string) => new URL(file.replace(/xml$/, 'json'), folder)

test.each(stanzas)('A9: the stanza %s is read as its expectation beside it says', (file) => {
  const found = inspectStanza(readFileSync(new URL(file, folder)))
  // Written down once, and read by a person before it is committed.
  if (process.env.PARLEY_TEST_WRITE_EXPECTATIONS === '1') {
    writeFileSync(expectationOf(file), `${JSON.stringify(found, null, 2)}\n`)
  }
  expect(found).toEqual(JSON.parse(readFileSync(expectationOf(file), 'utf8')))
})

test('every expectation has its stanza', () => {
  const expectations = readdirSync(folder).filter((file) => file.endsWith('.json'))
  expect(expectations.map((file) => file.replace(/json$/, 'xml')).sort()).toEqual([...stanzas].sort())
})
