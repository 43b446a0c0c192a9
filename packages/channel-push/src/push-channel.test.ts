import { type ChannelRig, channelContract } from '@parley/channel-sdk/conformance'
import { startPushService } from '@parley/dev-env/push-service'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPushChannel } from './push-channel.ts'
import { aPush, pushRig } from './push-rig.fixture.ts'

type Rig = Awaited<ReturnType<typeof pushRig>>
let rig: Rig

const shown = () => rig.service.received.map(({ text }) => JSON.parse(text) as Record<string, unknown>)

describe('E14: a push over a push service that verifies the sender and decrypts as a browser does', () => {
  beforeEach(async () => {
    rig = await pushRig()
    await rig.channel.start(rig.host)
  })
  afterEach(async () => {
    await rig.channel.stop()
    await rig.dispose()
  })

  test('brings who speaks, what is said and the page to open, for a day, at once', async () => {
    expect(await rig.channel.send(aPush(rig.browser))).toEqual({ status: 'sent' })
    expect(rig.service.refused).toEqual([])
    expect(shown()).toEqual([
      {
        title: 'Blue Heron',
        body: 'Are you open on Sunday?',
        url: 'https://chat.example/desk/conversations/1',
        tag: expect.stringMatching(/^[\w-]{32}$/),
        at: Date.parse('2026-11-22T10:00:00Z'),
        lang: 'en',
      },
    ])
    expect(rig.service.received[0]).toMatchObject({ ttl: 86_400, urgency: 'high', topic: shown()[0]?.tag })
  })

  test('what is newer takes the place of what is older about the same page, and of nothing else', async () => {
    await rig.channel.send(aPush(rig.browser))
    await rig.channel.send(aPush(rig.browser, { text: 'And on Monday?' }))
    await rig.channel.send(aPush(rig.browser, { url: 'https://chat.example/desk/conversations/2' }))
    const [first, second, other] = shown().map(({ tag }) => tag)
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })

  test('long words are cut to what a push carries, between characters', async () => {
    expect((await rig.channel.send(aPush(rig.browser, { text: '🌷'.repeat(5_000) }))).status).toBe('sent')
    expect((await rig.channel.send(aPush(rig.browser, { text: '\u0001'.repeat(5_000) }))).status).toBe('sent')
    const [flowers] = shown()
    expect(flowers?.body).toMatch(/^(🌷)+…$/u)
    expect(String(flowers?.body).isWellFormed()).toBe(true)
    expect(rig.service.refused).toEqual([])
  })

  test('a subscription that is gone is a bad address, and so is one made under another key', async () => {
    for (const status of [404, 410, 403]) {
      rig.service.answers(rig.browser, { status })
      const outcome = await rig.channel.send(aPush(rig.browser))
      expect(outcome).toMatchObject({ status: 'rejected', scope: 'address' })
    }
    const stranger = rig.service.subscribe('a browser of another installation', 'BElsewhere')
    expect(await rig.channel.send(aPush(stranger))).toMatchObject({ status: 'rejected', scope: 'address' })
    expect(rig.service.refused).toEqual(['another key than the browser subscribed with'])
  })

  test('a push service that is busy is asked again when it says so', async () => {
    rig.service.answers(rig.browser, { status: 429, headers: { 'retry-after': '120' } })
    expect(await rig.channel.send(aPush(rig.browser))).toMatchObject({ status: 'retry', afterMs: 120_000 })
    expect(rig.channel.health()).toEqual({ state: 'up' })
    rig.service.answers(rig.browser, { status: 503 })
    expect(await rig.channel.send(aPush(rig.browser))).toEqual({ status: 'retry', reason: 'answered 503' })
    expect(rig.channel.health()).toMatchObject({ state: 'degraded' })
    rig.service.answers(rig.browser, null)
    expect(await rig.channel.send(aPush(rig.browser))).toEqual({ status: 'sent' })
    expect(rig.channel.health()).toEqual({ state: 'up' })
  })

  test('what the service refuses for itself fails alone', async () => {
    rig.service.answers(rig.browser, { status: 413 })
    expect(await rig.channel.send(aPush(rig.browser))).toMatchObject({ status: 'rejected', scope: 'message' })
  })

  test('a redirect is not followed', async () => {
    const other = rig.service.subscribe('elsewhere', rig.keys.publicKey)
    rig.service.answers(rig.browser, { status: 307, headers: { location: other.subscription.endpoint } })
    expect(await rig.channel.send(aPush(rig.browser))).toMatchObject({ status: 'rejected', scope: 'message' })
    expect(rig.service.received).toEqual([])
  })

  test('a push service whose certificate nobody vouches for is told nothing', async () => {
    const other = await startPushService()
    const hosts = [other.host]
    const channel = createPushChannel({ subject: 'mailto:a@b.example', keys: rig.keys, hosts })
    await channel.start(rig.host)
    const outcome = await channel.send(aPush(other.subscribe('somebody', rig.keys.publicKey)))
    expect(outcome).toMatchObject({ status: 'retry' })
    expect(other.received).toEqual([])
    await channel.stop()
    await other.stop()
  })

  test('an address that is no subscription of a known push service is refused without a call', async () => {
    for (const to of ['', 'bo@example.org', '{"endpoint":"https://127.0.0.1/"}', '[]', '{']) {
      expect(await rig.channel.send(aPush(to))).toMatchObject({ status: 'rejected', scope: 'address' })
    }
    const delivery = aPush(rig.browser)
    const nowhere = { ...delivery, content: { blocks: [{ kind: 'note' as const, text: 'Hello' }] } }
    expect(await rig.channel.send(nowhere)).toMatchObject({ status: 'rejected', scope: 'message' })
    expect(rig.service.received).toEqual([])
  })
})

describe('E14: push keeps the contract of channels', () => {
  const make = async (): Promise<ChannelRig> => {
    const one = await pushRig()
    return {
      channel: one.channel,
      host: one.host,
      ourAddress: 'nothing-is-written-to-us',
      unknownAddress: 'nobody',
      delivery: (reference, text) => aPush(one.browser, { reference, text }),
      says: async () => 'refused' as const,
      arrived: async () => one.service.received.map(({ text }) => text),
      refusesAddress: async () => one.service.answers(one.browser, { status: 410 }),
      goesAway: async () => one.service.answers(one.browser, { status: 503 }),
      comesBack: async () => one.service.answers(one.browser, null),
      dispose: one.dispose,
    }
  }
  for (const { title, run } of channelContract(make, { addresses: 'none' })) test(title, run)
})
