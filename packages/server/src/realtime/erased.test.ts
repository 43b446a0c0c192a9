import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ConnectedClient, connectClient, startTcpProxy, type TcpProxy, waitFor } from '@parley/dev-env'
import type { ConversationId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eraseAtInstallation } from '../erase-at-installation.ts'
import { type Name, RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
let proxy: TcpProxy
const clients: ConnectedClient[] = []
beforeAll(async () => {
  house = await RawHouse.open(2)
  proxy = await startTcpProxy({ target: { host: '127.0.0.1', port: house.here.server.port } })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.stop()
  await proxy.accept().catch(() => {})
})
afterAll(async () => {
  await proxy.stop()
  await house.close()
})

function opens(token: string, baseUrl: string, transport: 'socket' | 'poll' = 'socket'): ConnectedClient {
  const client = connectClient(baseUrl, token, transport)
  clients.push(client)
  return client
}

/** One person's windows on the conversation: by socket here, by polls at the other process, and one that is cut off. */
async function everywhere(token: string, words: string): Promise<ConnectedClient[]> {
  const all = [opens(token, house.here.url), opens(token, house.there.url, 'poll'), opens(token, proxy.url())]
  for (const client of all) await waitFor(words, () => held(client).includes(words))
  return all
}

const held = (client: ConnectedClient): string =>
  JSON.stringify([...client.transcript.interactions].map((one) => one.messages))
const isDone = (frame: ServerFrame) => expect(frame).toMatchObject({ t: 'done' })

async function aConversation(...names: Name[]) {
  const asked = await house.asks('the nightingale is mine')
  const exchanges: string[] = []
  for (const name of names) exchanges.push(await house.answers(name, asked.conversation))
  const visitor = asked.ana.frames.find((frame) => frame.t === 'welcome')?.you.person ?? ''
  return { ...asked, exchanges, visitor }
}

test('C9 an erased conversation goes at once from every window and desk that has it open, over sockets and polls, at each process, and from one that comes back later', async () => {
  const { token, conversation, exchanges } = await aConversation('olga')
  const ada = await house.connects('ada')
  const [mine, olgas] = [await everywhere(token, 'I am olga.'), await everywhere(house.token('olga'), 'I am olga.')]
  const cleo = await house.connects('cleo', house.there)
  cleo.frames = []
  await proxy.refuse()
  proxy.cutAll()
  isDone(await ada.does('erase', { conversation }))
  await cleo.until('that the question is no more', () =>
    cleo.frames.some((frame) => frame.t === 'changed' && frame.what === 'offers'),
  )
  const isGone = ({ transcript }: ConnectedClient) =>
    !transcript.conversations.has(conversation) &&
    ![...transcript.interactions].some(({ view }) => exchanges.includes(view.id))
  const [here, there, away] = [0, 1, 2].map((at) => [mine[at], olgas[at]].filter((one) => one !== undefined))
  for (const client of [...(here ?? []), ...(there ?? [])]) await waitFor('it to go', () => isGone(client))
  for (const client of away ?? []) expect(isGone(client)).toBe(false)
  await proxy.accept()
  for (const client of away ?? []) {
    client.wake()
    await waitFor('it to go', () => isGone(client))
  }
  for (const client of [...mine, ...olgas]) {
    expect(held(client)).not.toContain('nightingale')
    client.say({ conversation }, 'is it gone?')
    const refused = await waitFor('an answer', () => client.outbox.find(({ state }) => state === 'refused'))
    expect(refused).toMatchObject({ reason: 'not-there', why: expect.stringMatching(/\w+ \w+/) })
  }
  // Of a question that was put to her she knows; of all else nothing.
  expect(cleo.frames.map(({ t }) => t)).toEqual(['changed'])
})

test('C9 the words of an erased person become empty places in every window and desk that has them open, at each process, and in one that comes back later', async () => {
  const { token, exchanges, conversation, ana } = await aConversation('bo', 'olga')
  ana.says({ conversation }, 'whose is it?')
  const ada = await house.connects('ada')
  const [ofBo = '', ofOlga = ''] = exchanges
  isDone(await ada.does('grant', { interaction: ofBo, person: house.person('olga'), history: 'all' }))
  const all = [...(await everywhere(token, 'whose is it?')), ...(await everywhere(house.token('olga'), 'whose is it?'))]
  for (const client of all) await waitFor('the words of Bo', () => held(client).includes('I am bo.'))
  const numbering = (client: ConnectedClient | undefined, id: string) =>
    client?.transcript.interaction(id)?.view.numbering
  const before = numbering(all[3], ofOlga)
  const bo = opens(house.token('bo'), house.there.url)
  await waitFor('the words of Bo', () => held(bo).includes('I am bo.'))
  await proxy.refuse()
  proxy.cutAll()
  isDone(await ada.does('erase-person', { person: house.person('bo') }))
  const texts = (client: ConnectedClient) =>
    client.transcript.interaction(ofBo)?.messages.map(({ text, erased }) => (erased ? `(${text})` : text))
  const isEmpty = (client: ConnectedClient) => JSON.stringify(texts(client)) === JSON.stringify(['()', 'whose is it?'])
  const isCut = (client: ConnectedClient) => all.indexOf(client) % 3 === 2
  for (const client of all) {
    if (isCut(client)) expect(texts(client)).toEqual(['I am bo.', 'whose is it?'])
    else await waitFor('empty places', () => isEmpty(client), { instead: () => texts(client) })
  }
  await proxy.accept()
  for (const client of all.filter(isCut)) {
    client.wake()
    await waitFor('empty places', () => isEmpty(client), { instead: () => texts(client) })
  }
  for (const client of all) {
    expect(held(client)).not.toContain('I am bo')
    const names = client.transcript.interaction(ofBo)?.view.participants.map(({ alias }) => alias)
    expect(names).not.toContain('alias of bo')
  }
  // Where none of it could be read, nothing says that something was erased.
  expect(numbering(all[3], ofOlga)).toBe(before)
  await waitFor('Bo to have nothing', () => [...bo.transcript.conversations].length === 0)
})

test('C9 law 8: who reads of an interaction only what others said there is told nothing when words beside it are erased', async () => {
  const { exchanges, visitor, conversation, ana } = await aConversation('sue')
  const [exchange = ''] = exchanges
  const ada = await house.connects('ada')
  ana.says({ conversation }, 'the second')
  await ana.until('said', () => ana.frames.filter(({ t }) => t === 'said').length === 2)
  const [first, both] = [
    { from: 1, to: 1 },
    { from: 1, to: 2 },
  ]
  isDone(await ada.does('grant', { interaction: exchange, person: house.person('cleo'), ...first }))
  isDone(await ada.does('grant', { interaction: exchange, person: house.person('olga'), ...both }))
  const [cleo, olga] = [await house.connects('cleo'), await house.connects('olga')]
  const numbering = (line: typeof cleo) => line.views.flatMap(({ interactions }) => interactions)[0]?.numbering
  const before = [numbering(cleo), numbering(olga)]
  isDone(await ada.does('erase-person', { person: visitor }))
  await olga.until('another numbering', () => numbering(olga) !== before[1])
  await cleo.until('another alias', () => cleo.frames.some(({ t }) => t === 'conversation'))
  expect(numbering(cleo)).toBe(before[0])
})

test('C9 nobody is asked any more what an erased person asked, and their own window is told that it is gone', async () => {
  const { visitor, conversation, ana } = await aConversation('olga')
  const ada = await house.connects('ada')
  const states = async () => {
    const { rows } = await house.here.server.db.workerPool.query<{ state: string }>(
      'select distinct o.state from parley.offer o where conversation_id = $1 order by 1',
      [conversation],
    )
    return rows.map(({ state }) => state)
  }
  expect(await states()).toEqual(['admitted', 'open'])
  isDone(await ada.does('erase-person', { person: visitor }))
  await ana.until('that it is gone', () => ana.frames.some(({ t }) => t === 'gone'))
  expect(await states()).toEqual(['admitted', 'withdrawn'])
})

test('C9 what is erased by the command line goes from the windows of servers that run, too', async () => {
  const { token, conversation } = await aConversation('olga')
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-keys-'))
  const windows = [opens(token, house.here.url), opens(house.token('olga'), house.there.url, 'poll')]
  for (const client of windows) await waitFor('the words', () => held(client).includes('I am olga.'))
  const cleo = await house.connects('cleo', house.there)
  cleo.frames = []
  const secret = Buffer.alloc(32, 7)
  const { account } = house.here.account
  const { connectionString } = house.here.database
  await eraseAtInstallation(
    { connection: { connectionString }, secret, keyStore: { folder, secrets: [secret] } },
    { account, of: { conversation: conversation as ConversationId } },
  )
  for (const client of windows) await waitFor('it to go', () => !client.transcript.conversations.has(conversation))
  await cleo.until('that the question is no more', () => cleo.frames.some(({ t }) => t === 'changed'))
  rmSync(folder, { recursive: true })
})
