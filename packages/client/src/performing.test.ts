import { expect, test } from 'vitest'
import type { PerformOutcome } from './client.ts'
import { connect } from './connect.ts'
import { ModelServer, Network, randomFrom, VirtualTime } from './model-world.fixture.ts'

function aClient(cutChance: number) {
  const time = new VirtualTime()
  const server = new ModelServer(time)
  const network = new Network(time, server, randomFrom(3))
  network.cutChance = cutChance
  const client = connect({
    baseUrl: 'https://chat.example',
    transport: 'socket',
    getToken: async () => 'token-1',
    WebSocket: network.WebSocket,
    timers: time,
    random: randomFrom(2),
  })
  /** The module is fetched when it is first needed, which takes real time. */
  const settles = async (outcome: Promise<PerformOutcome>) => {
    let settled: PerformOutcome | null = null
    void outcome.then((answer) => {
      settled = answer
    })
    for (let wait = 0; wait < 2000 && settled === null; wait += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      await time.pass(1000)
    }
    return settled
  }
  return { client, network, server, settles }
}

test('an operation is done once and answered, however often the connection breaks meanwhile', async () => {
  const { client, server, network, settles } = aClient(0.2)
  for (let n = 0; n < 20; n += 1) {
    const outcome = await settles(client.perform('close', { what: { conversation: 'c' } }))
    expect(outcome).toMatchObject({ ok: true, result: { undoable: false } })
  }
  expect(server.done.size).toBe(20)
  expect(network.connections.socket).toBeGreaterThan(5)
  client.stop()
})

test('what is refused comes back with its reason and the words for the person; nothing that is said is held up by it', async () => {
  const { client, server, settles } = aClient(0)
  const refused = client.perform('not-allowed', {})
  expect(await settles(refused)).toEqual({ ok: false, refusal: 'not-allowed', text: 'Not here.' })
  client.say({ interaction: server.interactions[0]?.id ?? '' }, 'hello')
  expect(await settles(client.perform('close', {}))).toMatchObject({ ok: true })
  expect(client.outbox).toEqual([])
  client.stop()
})

test('who leaves before the answer learns that nothing is certain', async () => {
  const { client, settles } = aClient(1)
  const asked = client.perform('close', {})
  expect(await settles(Promise.race([asked, Promise.resolve(null as never)]))).toBeNull()
  client.stop()
  expect(await asked).toEqual({ ok: false, refusal: 'try-again', text: '' })
})
