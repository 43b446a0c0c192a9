import { tempFolder } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, startDemoAlone } from './demo.fixture.ts'
import { castLinks, castSites, responders } from './index.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let alone: Awaited<ReturnType<typeof startDemoAlone>>

beforeAll(async () => {
  folder = await tempFolder('demo')
  alone = await startDemoAlone(folder.path)
})
afterAll(async () => {
  await alone.stop()
  await folder.remove()
})

test.for(['', 'products', 'products/skarn-boots', 'help', 'order?number=ff-1042', 'no-such-page'])(
  'The shop page /%s carries the window by one async tag, under a policy without unsafe-inline',
  async (path) => {
    const { text, header } = await ask(`${alone.demo.urls.shop}${path}`)
    expect(
      text.match(/<script async src="http:\/\/localhost:\d+\/parley\.js" data-site="key-of-shop"><\/script>/g),
    ).toHaveLength(1)
    expect(text).not.toContain('key-of-garden')
    expect(header('content-security-policy')).toContain("default-src 'none'")
    expect(header('content-security-policy')).not.toContain('unsafe')
    expect(text).not.toMatch(/<style|style="|<script>|onclick=/)
    expect(text).not.toMatch(/(src|href)="(?!\/|http:\/\/(localhost|garden\.localhost|shop\.localhost):|data:,|#main)/)
  },
)

test('The second domain has its own window, and each shop links to the other', async () => {
  const { shop, garden } = alone.demo.urls
  const inGarden = await ask(garden)
  expect(inGarden.text).toContain('data-site="key-of-garden"')
  expect(inGarden.text).toContain(`href="${shop}"`)
  expect((await ask(shop)).text).toContain(`href="${garden}"`)
})

test('What a visitor types into the order page is shown as text', async () => {
  const { text } = await ask(`${alone.demo.urls.shop}order?number=${encodeURIComponent('"><script>alert(1)</script>')}`)
  expect(text).toContain('&quot;&gt;&lt;SCRIPT&gt;')
  expect(text).not.toContain('<SCRIPT>')
})

test('Mails are read only under the demo’s own name, and acted on only from its own page', async () => {
  const inbox = `${alone.demo.urls.pocket}/bo/inbox`
  expect((await ask(inbox)).status).toBe(200)
  const elsewhere = await ask(inbox, { headers: { host: 'evil.example' } })
  expect(elsewhere.status).toBe(421)
  expect(elsewhere.text).toContain('answers to no other name')
  expect((await ask(`${alone.demo.urls.shop}pocket/bo/inbox`)).status).toBe(404)
  const desk = `${alone.demo.urls.pocket}/bo/desk`
  for (const headers of [{}, { origin: 'http://evil.example' }, { origin: alone.demo.origins.shop }]) {
    expect((await ask(desk, { method: 'POST', headers })).status).toBe(403)
  }
  const own = await ask(desk, { method: 'POST', headers: { origin: alone.demo.origins.stage } })
  expect(own.status).toBe(303)
  expect(own.header('location')).toMatch(/sign-in\?for=bo$/)
})

test('A reply that says nothing, or claims an address that is none, is refused in clear words', async () => {
  await alone.mail('bo@pocket.example', { subject: 'Laces', text: 'Which length?' })
  const [mail] = await alone.mailboxes.list('bo@pocket.example')
  const url = `${alone.demo.urls.pocket}/bo/mails/${mail?.id}/reply`
  const headers = { origin: alone.demo.origins.stage }
  for (const body of ['', '{', '[]', '{"text":" "}', '{"text":5}', '{"text":"x","as":"a@b\\r\\nBcc: c@d"}']) {
    const answer = await ask(url, { method: 'POST', headers, body })
    expect({ body, status: answer.status, text: answer.text }).toEqual({
      body,
      status: 400,
      text: 'A reply needs some text or a file, and a sender that is an address.\n',
    })
  }
  const gone = await ask(url.replace(mail?.id ?? '', 'nosuchmail'), { method: 'POST', headers, body: '{"text":"x"}' })
  expect(gone.status).toBe(404)
  expect(alone.arrived).toEqual([])
})

test('The cast fits together: every topic has somebody, and nobody has a topic that no site knows', () => {
  const topics = new Set(castSites.flatMap((site) => site.topics.map(({ id }) => id)))
  const covered = new Set(responders.flatMap((person) => person.topics))
  expect([...covered].sort()).toEqual([...topics].sort())
  expect(new Set(responders.map(({ alias }) => alias)).size).toBe(responders.length)
  // At whatever hour and from wherever a newcomer asks, somebody is there for every topic.
  const always = responders.filter(({ hours, regions }) => !hours && !regions)
  expect([...new Set(always.flatMap((person) => person.topics))].sort()).toEqual([...topics].sort())
})

test('A15 A thing with an address of its own names the one who is asked there, by alias only', async () => {
  for (const { code, site, person, topic } of castLinks) {
    const who = responders.find(({ id }) => id === person)
    expect(who?.topics).toContain(topic)
    const { text } = await ask(`${alone.demo.urls[site]}products/${code}`)
    expect(text).toMatch(new RegExp(`href="http://localhost:\\d+/l/${code}"[^>]*>ask ${who?.alias} alone<`))
    expect(text).not.toContain(who?.name.split(' ')[1])
  }
})
