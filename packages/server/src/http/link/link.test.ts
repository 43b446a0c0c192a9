import type { FullMessage, LinkDecideResponse, LinkHeldResponse, LinkReadResponse, Problem } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Asker, type LinkRig, linkIn, startLinkRig } from './link-rig.fixture.ts'

const bo = 'bo@people.test'
const now = { ms: Date.now() }
let rig: LinkRig
let ana: Asker
let week = 0
let question = ''
let second = ''

beforeAll(async () => {
  rig = await startLinkRig({ clock: { now: () => new Date(now.ms) } })
})

afterAll(() => rig.parley.stop())

beforeEach(async () => {
  week += 1
  question = `Are you open on Sunday of week ${week}?`
  second = `And where do I park in week ${week}?`
  ana = await rig.asks(question)
})

/** Bo gets the conversation, and a mail with a link. */
async function boAnswers(): Promise<string> {
  const offer = await rig.post.receives(bo, question)
  await rig.post.replies(offer, 'Yes, 10 to 16.', bo)
  await ana.says(second)
  const mail = await rig.post.receives(bo, second)
  return linkIn(mail).hash.slice(1)
}

const read = (key: string, more: object = {}) => rig.call<LinkReadResponse>('/api/link/read', { key, ...more })
const textsOf = (answer: LinkReadResponse) =>
  [...new Map(answer.pages.flatMap((page) => page.messages).map((each) => [each.id, each])).values()]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ text }) => text)

test('A2 a responder without the desk reads the whole exchange behind the link in their mail, in their language, and nothing that names the visitor', async () => {
  const answer = await read(await boAnswers())
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ language: 'de', dir: 'ltr', site: 'Fjord & Field' })
  expect(answer.body.words['link-you']).toBe('Sie')
  expect(textsOf(answer.body)).toEqual([question, 'Yes, 10 to 16.', second])
  expect(JSON.stringify(answer.body)).not.toContain(ana.person)
})

test('A2 A3 the link shows what its owner may see, and nothing of another conversation', async () => {
  const key = await boAnswers()
  const other = await rig.asks('Are you open on Sunday? I am another.')
  const answer = await read(key)
  expect(answer.body.conversation.id).toBe(ana.conversation)
  expect(JSON.stringify(answer.body)).not.toContain(other.conversation)
  expect(JSON.stringify(answer.body)).not.toContain('I am another')
})

test('A2 the uncut text of a message is behind the link too, and another conversation’s is not', async () => {
  const key = await boAnswers()
  const mail = await (async () => {
    await ana.says('And on Monday?')
    return rig.post.receives(bo, 'And on Monday?')
  })()
  await rig.post.replies(mail, 'On Monday too.', bo, 'On Monday too.\n\n> And on Monday?')
  const answer = await read(key)
  const cut = answer.body.pages.flatMap((page) => page.messages).find((message) => message.cut)
  const whole = await rig.call<FullMessage>('/api/link/read/full', { key, message: cut?.id })
  expect(whole.body.text).toBe('On Monday too.\n\n> And on Monday?')
  const other = await rig.asks('Are you open on Sunday? I am another.')
  const row = await rig.parley.server.db.workers
    .selectFrom('message')
    .select('message_id')
    .where('conversation_id', '=', other.conversation)
    .executeTakeFirstOrThrow()
  const refused = await rig.call<Problem>('/api/link/read/full', { key, message: row.message_id })
  expect([refused.status, refused.body.reason]).toEqual([404, 'not-there'])
})

test('A2 whoever has left the conversation goes on reading what they took part in, and nothing after it', async () => {
  const key = await boAnswers()
  await rig.parley.server.road.inConversation(rig.parley.account.account, ana.conversation, async (turn) => {
    for (const span of ['span', 'participant'] as const) {
      const bosId = turn.structure.participants.find(({ role }) => role === 'responder')?.person
      if (!bosId) throw new Error('Bo is not there')
      if (span === 'span') {
        await turn.tx
          .updateTable('span')
          .set({ to_position: 2 })
          .where('person_id', '=', bosId)
          .where('to_position', 'is', null)
          .execute()
      } else {
        await turn.tx.updateTable('participant').set({ left_at: turn.now }).where('person_id', '=', bosId).execute()
      }
    }
    await turn.restructure()
  })
  await ana.says('Is anybody still there?')
  const answer = await read(key)
  expect(textsOf(answer.body)).toEqual([question, 'Yes, 10 to 16.', second])
  expect(answer.body.conversation.interactions.some(({ writable }) => writable)).toBe(false)
})

test('A2 the link ends when its address is no longer its owner’s, when its owner leaves the account, and after ninety days', async () => {
  const key = await boAnswers()
  const { db } = rig.parley.server
  const gone = async () => [
    (await read(key)).status,
    (await rig.call<Problem>('/api/link/read', { key, language: 'fr' })).body.text,
  ]
  const refused = [
    404,
    'Ce lien ne fonctionne plus. Il est peut-être trop ancien, ou ce vers quoi il menait n’existe plus.',
  ]
  await db.workers.updateTable('address').set({ state: 'unproven' }).where('value', '=', bo).execute()
  expect(await gone()).toEqual(refused)
  await db.workers.updateTable('address').set({ state: 'proven' }).where('value', '=', bo).execute()
  expect((await read(key)).status).toBe(200)
  const person = rig.parley.account.responders[0]?.person
  if (!person) throw new Error('nobody responds')
  await db.workers.updateTable('responder').set({ state: 'left' }).where('person_id', '=', person).execute()
  expect(await gone()).toEqual(refused)
  await db.workers.updateTable('responder').set({ state: 'active' }).where('person_id', '=', person).execute()
  expect((await read(key)).status).toBe(200)
  now.ms += 91 * 24 * 3_600_000
  expect(await gone()).toEqual(refused)
  now.ms -= 91 * 24 * 3_600_000
})

test('A2 a key with one character changed, an id, and another page’s request open nothing', async () => {
  const key = await boAnswers()
  for (let at = 0; at < key.length; at += 5) {
    const changed = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`
    expect((await read(changed)).status).toBe(404)
  }
  for (const other of [ana.conversation, '', `${key}A`, key.slice(0, -1)]) expect((await read(other)).status).toBe(404)
  const foreign = await rig.call<Problem>('/api/link/read', { key }, { origin: 'https://evil.example' })
  expect([foreign.status, foreign.body.reason]).toEqual([403, 'wrong-origin'])
})

test('A2 fetching the page asks nothing and gives nothing away: it is the same for everyone, and it speaks the browser’s language', async () => {
  const page = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`${rig.parley.url}/read`, { headers })
    return { headers: response.headers, text: await response.text() }
  }
  const plain = await page()
  expect((await page()).text).toBe(plain.text)
  expect(plain.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(plain.text).toContain('<html lang="en" dir="ltr">')
  const arabic = await page({ 'accept-language': 'fi, ar-EG;q=0.8, de;q=0.5' })
  expect(arabic.text).toContain('<html lang="ar" dir="rtl">')
  expect(arabic.text).toContain('فتح المحادثة')
  const script = /src="(\/link\/link\.js\?v=\w+)"/.exec(plain.text)?.[1] ?? ''
  const asset = await fetch(`${rig.parley.url}${script}`)
  expect(asset.headers.get('cache-control')).toContain('immutable')
})

test('A2 a quoted mail does not hand its re-read link to the other side', async () => {
  const key = await boAnswers()
  await ana.says('One more thing?')
  const mail = await rig.post.receives(bo, 'One more thing?')
  const quoted = `Sure.\n\n> One more thing?\n> ${linkIn(mail).href}`
  await rig.post.replies(mail, quoted, bo)
  const answer = await read(key)
  expect(textsOf(answer.body).at(-1)).toContain('Sure.')
  expect(textsOf(answer.body).at(-1)).not.toContain(linkIn(mail).hash.slice(1))
})

async function strangerWrites(): Promise<string> {
  await boAnswers()
  const notBefore = rig.post.sent.length
  await ana.says('Is there a cafe?')
  const mail = await rig.post.receives(bo, 'Is there a cafe?', notBefore)
  expect(await rig.post.replies(mail, 'There is one upstairs.', 'bo.private@elsewhere.test')).toEqual({
    outcome: 'held',
  })
  const notice = await rig.post.receives(bo, '/held#', notBefore)
  return linkIn(notice).hash.slice(1)
}

const held = (key: string) => rig.call<LinkHeldResponse>('/api/link/held', { key })
const decide = (key: string, decision: string) =>
  rig.call<LinkDecideResponse>('/api/link/held/decide', { key, decision, language: 'de' })
const said = async () => {
  const rows = await rig.parley.server.db.workers
    .selectFrom('message')
    .select('body')
    .where('conversation_id', '=', ana.conversation)
    .execute()
  return rows.map(({ body }) => body)
}

test('A9 what was held in somebody’s name is looked at and passed on from the notice, once', async () => {
  const key = await strangerWrites()
  const looked = await held(key)
  expect(looked.body).toMatchObject({
    language: 'de',
    site: 'Fjord & Field',
    held: { text: 'There is one upstairs.', claims: 'b•••@elsewhere.test', why: 'unknown-sender' },
  })
  expect(await said()).not.toContain('There is one upstairs.')
  expect((await decide(key, 'release')).body).toEqual({
    outcome: 'released',
    text: 'Vielen Dank. Ihre Nachricht wurde weitergegeben.',
  })
  expect(await said()).toContain('There is one upstairs.')
  expect((await held(key)).body.held).toBeNull()
  expect((await decide(key, 'discard')).body.outcome).toBe('decided')
  expect((await said()).filter((text) => text === 'There is one upstairs.')).toHaveLength(1)
})

test('A9 what was held is deleted when its supposed writer says so', async () => {
  const key = await strangerWrites()
  expect((await decide(key, 'discard')).body.outcome).toBe('discarded')
  expect((await decide(key, 'release')).body.outcome).toBe('decided')
  expect(await said()).not.toContain('There is one upstairs.')
})

test('A9 the key of a held notice opens no conversation, and that of a conversation nothing held', async () => {
  const heldKey = await strangerWrites()
  expect((await read(heldKey)).status).toBe(404)
  await ana.says('Still there?')
  const mail = await rig.post.receives(bo, 'Still there?')
  expect((await held(linkIn(mail).hash.slice(1))).status).toBe(404)
})
