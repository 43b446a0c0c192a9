import { beforeAll, expect, test } from 'vitest'
import { connect } from './connect.ts'
import { ModelServer, Network, randomFrom, VirtualTime } from './model-world.fixture.ts'
import type { OutboxStorage } from './outbox.ts'

/** `npm test` takes a sample; the soak sets the full count. */
const histories = Number(process.env.PARLEY_HISTORIES ?? 300)

// The polling transport is fetched when it is first needed, which takes real time; from then on virtual time rules alone.
beforeAll(async () => {
  const fetched = Promise.withResolvers<void>()
  const fetch = async () => {
    fetched.resolve()
    throw new Error('only to have it fetched')
  }
  const client = connect({ baseUrl: 'https://chat.example', transport: 'poll', getToken: async () => 'x', fetch })
  await fetched.promise
  client.stop()
})

class Memory implements OutboxStorage {
  json: string | null = null
  load = () => this.json
  save = (json: string) => {
    this.json = json
  }
}

/**
 * One random history: both sides speak while connections are cut, hints are lost, late, repeated and reordered, interactions begin, what
 * may be read there is given and taken back, the page is reloaded (resuming at any cursor), the token expires. Then the network is quiet,
 * and the client must hold exactly what its person may read.
 */
async function play(seed: number, transport: 'auto' | 'socket' | 'poll') {
  const random = randomFrom(seed)
  const time = new VirtualTime()
  const server = new ModelServer(time)
  const network = new Network(time, server, random)
  const storage = new Memory()
  network.cutChance = random() * 0.15
  network.blocksSockets = transport === 'auto' && random() < 0.5
  server.hints = () => {
    const fate = random()
    if (fate < 0.15) return []
    if (fate < 0.3) return [random() * 400]
    if (fate < 0.4) return [random() * 50, random() * 400]
    return [random() * 30]
  }
  let token = 'token-1'
  let ids = 0
  const begin = (cursors: Record<string, number>) =>
    connect({
      baseUrl: 'https://chat.example',
      transport,
      cursors,
      storage,
      getToken: async () => token,
      WebSocket: network.WebSocket,
      fetch: network.fetch,
      timers: time,
      random,
      newId: () => {
        ids += 1
        return `0190000a-0000-7000-8000-${ids.toString(16).padStart(12, '0')}`
      },
    })
  let client = begin({})
  const said: string[] = []
  const turns = 10 + Math.floor(random() * 30)
  for (let turn = 0; turn < turns; turn += 1) {
    const dice = random()
    const index = Math.floor(random() * server.interactions.length)
    const { id: interaction = '', isOpen = false } = server.interactions[index] ?? {}
    if (dice < 0.35) server.speak(index, `other ${turn}`)
    else if (dice < 0.65 && isOpen && client.transcript.interaction(interaction)) {
      said.push(`mine ${turn}`)
      client.say({ interaction }, `mine ${turn}`)
    } else if (dice < 0.7) network.cutAll()
    else if (dice < 0.74) server.addInteraction()
    else if (dice < 0.78) {
      server.tokens.delete(token)
      token = `token-${turn + 2}`
      server.tokens.add(token)
      server.closeAll(4001)
    } else if (dice < 0.84) {
      client.stop()
      const somewhere = server.interactions.map((one) => [one.id, Math.floor(random() * (one.messages.length + 1))])
      client = begin(Object.fromEntries(somewhere))
    } else if (dice < 0.88) client.wake()
    else if (dice < 0.96) {
      // Nothing, everything, an end, a beginning, or any of it.
      const [from, to] = [random() * 1.5 - 0.25, random() * 1.5 - 0.25]
      const holes = random() < 0.3 ? random() * 0.5 : 0
      const said = server.interactions[index]?.messages.length ?? 0
      server.changeRights(
        index,
        (position) => position >= from * said && position <= to * said && random() >= holes,
        random() < 0.6,
      )
    }
    await time.pass(random() ** 3 * 3000)
  }

  network.cutChance = 0
  server.hints = () => [random() * 30]
  // Half of the histories end with a new connection; in the others the next word of each interaction must bring back what was lost.
  if (random() < 0.5) network.cutAll()
  else for (const index of server.interactions.keys()) server.speak(index, 'last word')
  await time.pass(120_000)
  for (let page = 0; page < 40; page += 1) {
    for (const held of client.transcript.interactions) client.readBefore(held.view.id)
    await time.pass(500)
  }
  // Where sockets stay blocked, a try of them may just be under way.
  for (let wait = 0; wait < 20 && client.state.is !== 'online'; wait += 1) await time.pass(500)
  const held = server.interactions.map((one) => client.transcript.interaction(one.id)?.messages ?? null)
  const state = client.state
  const outbox = client.outbox
  client.stop()
  return {
    said,
    held,
    kept: server.interactions.map((one) => (one.isThere ? one.messages : null)),
    everything: server.everything,
    state,
    outbox,
    connections: network.connections,
  }
}

async function expectSame(seed: number, transport: 'auto' | 'socket' | 'poll') {
  const { said, held, kept, everything, state, outbox } = await play(seed, transport)
  const about = `seed ${seed} over ${transport}`
  expect(state.is, about).toBe('online')
  expect(held, about).toEqual(kept)
  // What was said where it may no longer be is refused, and left to the person.
  const refused = outbox.map((item) => (item.state === 'refused' ? item.text : `${item.state} ${item.text}`))
  const mine = everything.filter((text) => text.startsWith('mine'))
  expect([...mine, ...refused].toSorted(), about).toEqual(said.toSorted())
}

test.each(['socket', 'poll', 'auto'] as const)(
  'A3 A17 C2 whatever is cut, lost, repeated, late, given or taken back, the client ends with exactly what its person may read (%s)',
  async (transport) => {
    const each = Math.ceil(histories / 3)
    for (let seed = 1; seed <= each; seed += 1) await expectSame(seed, transport)
  },
  600_000,
)

test('seed 75: a socket that is still blocked at the second try sends the client back to polling, not into a loop', () =>
  expectSame(75, 'auto'))

test('A17 where sockets are blocked the client polls, and it tries sockets again later', async () => {
  const time = new VirtualTime()
  const server = new ModelServer(time)
  const network = new Network(time, server, randomFrom(1))
  network.blocksSockets = true
  const client = connect({
    baseUrl: 'https://chat.example',
    getToken: async () => 'token-1',
    WebSocket: network.WebSocket,
    fetch: network.fetch,
    timers: time,
    random: randomFrom(2),
  })
  await time.pass(10_000)
  expect(client.state).toEqual({ is: 'online', by: 'poll' })
  server.speak(0, 'by poll')
  await time.pass(1000)
  expect(client.transcript.interaction(server.interactions[0]?.id ?? '')?.messages).toHaveLength(1)
  network.blocksSockets = false
  await time.pass(120_000)
  expect(client.state).toEqual({ is: 'online', by: 'socket' })
  client.stop()
})

test('A3 unsent text survives a reload and is said once', async () => {
  const time = new VirtualTime()
  const server = new ModelServer(time)
  const network = new Network(time, server, randomFrom(1))
  const storage = new Memory()
  const begin = () =>
    connect({
      baseUrl: 'https://chat.example',
      getToken: async () => 'token-1',
      storage,
      WebSocket: network.WebSocket,
      fetch: network.fetch,
      timers: time,
      random: randomFrom(2),
    })
  const before = begin()
  await time.pass(1000)
  network.cutChance = 1
  before.say({ interaction: server.interactions[0]?.id ?? '' }, 'Are you open on Sunday?')
  await time.pass(3000)
  before.stop()
  network.cutChance = 0
  const after = begin()
  await time.pass(3000)
  expect(server.interactions[0]?.messages.map((message) => message.text)).toEqual(['Are you open on Sunday?'])
  expect(after.outbox).toEqual([])
  after.stop()
})
