import type { Channel } from '@parley/channel-sdk'
import { abilityContract, channelContract, RecordingHost } from '@parley/channel-sdk/conformance'
import { waitFor } from '@parley/dev-env/wait-for'
import { describe, expect, it } from 'vitest'
import { FarGateway, requestTo, toldBy } from '../gateway/far-gateway.fixture.ts'
import { aDelivery, BO, isUp, OUR_NUMBER } from '../smpp-rig.fixture.ts'
import { createKannelChannel } from './kannel-channel.ts'

const SECRET = 'a-secret-of-the-operator'

interface Rig {
  channel: Channel
  host: RecordingHost
  far: FarGateway
}

async function kannelRig(): Promise<Rig> {
  const far = await new FarGateway().listen()
  far.answer = ({ url }) =>
    url.includes('username=')
      ? { status: 202, body: '0: Accepted for delivery' }
      : { status: 403, body: 'Authorization failed' }
  const host = new RecordingHost().uses(OUR_NUMBER)
  const channel = createKannelChannel({
    sendUrl: `${far.url}/cgi-bin/sendsms`,
    username: 'parley',
    password: 'x',
    secret: SECRET,
    probing: { firstMs: 50, longestMs: 200 },
    partsPatience: { answerMs: 200, giveUpMs: 60_000 },
  })
  return { channel, host, far }
}

const sentTexts = ({ far }: Rig) =>
  far.asked.flatMap(({ url }) => new URL(url, 'http://kannel').searchParams.get('text') ?? [])

async function whileUp(work: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await kannelRig()
  await rig.channel.start(rig.host)
  try {
    await isUp(rig.channel)
    await work(rig)
  } finally {
    await rig.channel.stop()
    await rig.far.close()
  }
}

const asksIn = ({ channel, host }: Rig, query: string) => channel.takeHttp?.(requestTo(host.httpUrl, `/in?${query}`))
const query = (values: Record<string, string>) =>
  new URLSearchParams({ secret: SECRET, from: BO, to: OUR_NUMBER, charset: 'UTF-8', coding: '0', ...values }).toString()

const ANOTHER = '+4790010002'

async function contractRig() {
  const rig = await kannelRig()
  const { channel, host, far } = rig
  host.uses(ANOTHER)
  const sent = () =>
    far.asked.map(({ url }) => new URL(url, 'http://kannel').searchParams).filter((asked) => asked.has('text'))
  return {
    channel,
    host,
    ourAddress: OUR_NUMBER,
    anotherAddress: ANOTHER,
    unknownAddress: '+4790019999',
    delivery: (reference: string, text: string) => aDelivery({ reference }, text),
    says: (to: string, text: string, id: string) => toldBy(asksIn(rig, query({ to, text, id }))),
    arrived: async () => sentTexts(rig),
    arrivedFrom: async () => sent().map((asked) => asked.get('from') ?? ''),
    async reports(state: 'delivered' | 'read' | 'failed') {
      for (const asked of sent()) {
        const url = (asked.get('dlr-url') ?? '').replace('%d', state === 'failed' ? '2' : '1')
        await channel.takeHttp?.(requestTo(host.httpUrl, url.slice(host.httpUrl.length)))
      }
    },
    unproven: requestTo(host.httpUrl, `/in?${query({ text: 'Hello', secret: 'guessed' })}`),
    refusesAddress: async () => {
      far.answer = () => ({ status: 403, body: 'Denied by white-list: receiver' })
    },
    goesAway: () => far.close(),
    comesBack: async () => {
      await far.listen()
    },
    dispose: () => far.close(),
  }
}

describe('the contract of every channel, kept with a gateway of the Kannel shape', () => {
  for (const { title, run } of channelContract(contractRig)) it(title, run)
})

describe('what SMS can do, kept with a gateway of the Kannel shape', () => {
  const { abilities } = createKannelChannel({ sendUrl: 'http://localhost/', username: '', password: '', secret: 'x' })
  for (const { title, run } of abilityContract(abilities, contractRig, { takesHttp: true })) it(title, run)
})

describe('what comes from Kannel', () => {
  it('without the secret nothing is read, whatever else is right', async () => {
    await whileUp(async (rig) => {
      for (const secret of ['', 'wrong', `${SECRET} `]) {
        expect(await asksIn(rig, query({ text: 'Hello', secret }))).toMatchObject({ status: 403 })
      }
      expect(rig.host.received).toEqual([])
      expect(await asksIn(rig, query({ text: 'Hello' }))).toMatchObject({ status: 200 })
      expect(rig.host.received).toHaveLength(1)
      expect(Buffer.from(rig.host.received[0]?.raw ?? []).toString()).not.toContain(SECRET)
    })
  })

  it.each([
    ['UTF-8', '0', '%C3%85pent%3F+%E2%82%AC', 'Åpent? €'],
    ['UTF-16BE', '2', '%04%16%00%20%D8%3D%DE%00', 'Ж 😀'],
    ['UCS-2', '2', '%04%16', 'Ж'],
    ['ISO-8859-1', '0', '%E5', 'å'],
    ['nothing-known', '0', 'yes', 'yes'],
  ])('raw bytes in %s are read', async (charset, coding, text, said) => {
    await whileUp(async (rig) => {
      const rest = query({ charset, coding })
      expect(await asksIn(rig, `${rest}&text=${text}`)).toMatchObject({ status: 200 })
      expect(rig.host.received[0]?.said.visible).toBe(said)
    })
  })

  it('parts that Kannel did not put together are put together here', async () => {
    await whileUp(async (rig) => {
      const part = (number: number, text: string) =>
        asksIn(rig, `${query({ text, id: `id-${number}` })}&udh=%05%00%03%07%02%0${number}`)
      const told = await Promise.all([part(2, 'on Sunday?'), part(1, 'Are you open ')])
      expect(told.map((response) => response?.status)).toEqual([200, 200])
      expect(rig.host.received.map(({ said }) => said.visible)).toEqual(['Are you open on Sunday?'])
    })
  })

  it.each([
    '',
    'text=x',
    `secret=${SECRET}`,
    `secret=${SECRET}&from=1&to=2`,
    `secret=${SECRET}&from=%2B1&to=%2B2&text=x&udh=%FF%00`,
  ])('a query that says too little is refused: %s', async (given) => {
    await whileUp(async (rig) => {
      expect((await asksIn(rig, given))?.status).toBeGreaterThanOrEqual(400)
      expect(rig.host.received).toEqual([])
    })
  })
})

describe('what goes to Kannel', () => {
  it('a long text goes part by part with our own header, and each part is reported by itself', async () => {
    await whileUp(async (rig) => {
      const text = 'Åpent på søndag. '.repeat(20).trim()
      const outcome = await rig.channel.send(aDelivery({ reference: 'ref-1' }, text))
      expect(outcome).toEqual({ status: 'sent', providerIds: ['ref-1.1', 'ref-1.2', 'ref-1.3'] })
      expect(sentTexts(rig).join('')).toBe(text)
      const calls = rig.far.asked.filter(({ url }) => url.includes('text='))
      expect(calls[1]?.url).toMatch(/&udh=%05%00%03%[0-9a-f]{2}%03%02/)
      const reportUrl = new URL(calls[1]?.url ?? '', 'http://kannel').searchParams.get('dlr-url') ?? ''
      const report = (url: string) =>
        rig.channel.takeHttp?.(requestTo(rig.host.httpUrl, url.slice(rig.host.httpUrl.length)))
      expect(await report(reportUrl.replace('%d', '1'))).toMatchObject({ status: 200 })
      expect(rig.host.reports).toEqual([{ of: { providerId: 'ref-1.2' }, state: 'delivered' }])
      expect(await report(reportUrl.replace('%d', '1').replace('ref-1.2', 'ref-1.3'))).toMatchObject({ status: 403 })
      expect(await report(reportUrl.replace('%d', '8'))).toMatchObject({ status: 200 })
      expect(rig.host.reports).toHaveLength(1)
      await report(reportUrl.replace('%d', '2'))
      expect(rig.host.reports[1]).toMatchObject({ state: 'failed', reason: 'UNDELIV' })
    })
  })

  it('a wrong password is a state of health, and costs no message', async () => {
    await whileUp(async (rig) => {
      rig.far.answer = () => ({ status: 403, body: 'Authorization failed for sendsms' })
      expect(await rig.channel.send(aDelivery())).toMatchObject({ status: 'retry' })
      expect(rig.channel.health()).toMatchObject({ state: 'down', reason: 'Kannel refuses our name or password' })
    })
  })

  it('an answer that did not come is unknown', async () => {
    await whileUp(async (rig) => {
      rig.far.answer = () => null
      expect(await rig.channel.send(aDelivery())).toMatchObject({ status: 'unknown' })
      await waitFor('health', () => rig.channel.health().state === 'down')
    })
  })
})
