import type { Channel, OutboundAttachment } from '@parley/channel-sdk'
import { abilityContract, channelContract, RecordingHost } from '@parley/channel-sdk/conformance'
import { describe, expect, it } from 'vitest'
import { FarGateway, requestTo, toldBy } from '../gateway/far-gateway.fixture.ts'
import { aDelivery, BO, isUp, OUR_NUMBER } from '../smpp-rig.fixture.ts'
import { signatureOf } from './signature.ts'
import { createTwilioChannel, type TwilioChannelOptions } from './twilio-channel.ts'

const SID = 'AC00000000000000000000000000000001'
const TOKEN = 'token-of-a-test'

interface Rig {
  channel: Channel
  host: RecordingHost
  far: FarGateway
}

async function twilioRig(options: Partial<TwilioChannelOptions> = {}): Promise<Rig> {
  const far = await new FarGateway().listen()
  let count = 0
  far.answer = ({ method }) =>
    method === 'POST'
      ? { status: 201, type: 'application/json', body: JSON.stringify({ sid: `SM${++count}`, status: 'queued' }) }
      : { status: 200, body: '{}' }
  const host = new RecordingHost().uses(OUR_NUMBER)
  const channel = createTwilioChannel({
    apiUrl: far.url,
    accountSid: SID,
    authToken: TOKEN,
    probing: { firstMs: 50, longestMs: 200 },
    ...options,
  })
  return { channel, host, far }
}

async function whileUp(work: (rig: Rig) => Promise<void>, options: Partial<TwilioChannelOptions> = {}): Promise<void> {
  const rig = await twilioRig(options)
  await rig.channel.start(rig.host)
  try {
    await isUp(rig.channel)
    await work(rig)
  } finally {
    await rig.channel.stop()
    await rig.far.close()
  }
}

const posts = ({ far }: Rig) =>
  far.asked.filter(({ method }) => method === 'POST').map(({ body }) => new URLSearchParams(body))

/** As the provider calls: a form, signed over the address and what is in it. */
function calls(
  { channel, host }: Rig,
  path: string,
  form: Record<string, string>,
  change: { signature?: string; url?: string } = {},
) {
  const url = `${host.httpUrl}${path}`
  const signature = change.signature ?? signatureOf(url, form, TOKEN)
  return channel.takeHttp?.(
    requestTo(host.httpUrl, path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: Buffer.from(new URLSearchParams(form).toString()),
    }),
  )
}

const aMessage = (changes: Record<string, string> = {}) => ({
  AccountSid: SID,
  MessageSid: 'SMin1',
  From: BO,
  To: OUR_NUMBER,
  Body: 'Are you open?',
  NumMedia: '0',
  ...changes,
})

const ANOTHER = '+4790010002'

async function contractRig() {
  const rig = await twilioRig()
  const { channel, host, far } = rig
  host.uses(ANOTHER)
  const form = new URLSearchParams(aMessage()).toString()
  return {
    channel,
    host,
    ourAddress: OUR_NUMBER,
    anotherAddress: ANOTHER,
    unknownAddress: '+4790019999',
    delivery: (reference: string, text: string) => aDelivery({ reference }, text),
    says: (to: string, text: string, id: string) =>
      toldBy(calls(rig, '/in', aMessage({ To: to, Body: text, MessageSid: id.replace(/\W/g, '') }))),
    arrived: async () => posts(rig).map((sent) => sent.get('Body') ?? ''),
    arrivedFrom: async () => posts(rig).map((sent) => sent.get('From') ?? ''),
    async reports(state: 'delivered' | 'read' | 'failed') {
      const MessageStatus = state === 'failed' ? 'undelivered' : 'delivered'
      for (const index of posts(rig).keys())
        await calls(rig, '/status', { MessageSid: `SM${index + 1}`, MessageStatus })
    },
    unproven: requestTo(host.httpUrl, '/in', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'guessed' },
      body: Buffer.from(form),
    }),
    refusesAddress: async () => {
      far.answer = () => ({ status: 400, body: JSON.stringify({ code: 21211, message: 'not a valid phone number' }) })
    },
    goesAway: () => far.close(),
    comesBack: async () => {
      await far.listen()
    },
    dispose: () => far.close(),
  }
}

describe('the contract of every channel, kept with a provider of the Twilio shape', () => {
  for (const { title, run } of channelContract(contractRig)) it(title, run)
})

describe('what SMS can do, kept with a provider of the Twilio shape', () => {
  const { abilities } = createTwilioChannel({ apiUrl: 'http://localhost', accountSid: SID, authToken: TOKEN })
  for (const { title, run } of abilityContract(abilities, contractRig, { takesHttp: true })) it(title, run)
})

describe('signatures', () => {
  it('are those of the provider: its own published example', () => {
    const parameters = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    }
    expect(signatureOf('https://mycompany.com/myapp.php?foo=1&bar=2', parameters, '12345')).toBe(
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    )
  })

  it.each([
    ['missing', { signature: '' }],
    ['wrong', { signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }],
    [
      'of another text',
      { signature: signatureOf('https://parley.example/channels/kit/in', aMessage({ Body: 'No' }), TOKEN) },
    ],
    ['of another address', { signature: signatureOf('https://parley.example/channels/kit/status', aMessage(), TOKEN) }],
    ['with another token', { signature: signatureOf('https://parley.example/channels/kit/in', aMessage(), 'other') }],
  ])('one that is %s is refused before any effect', async (_, change) => {
    await whileUp(async (rig) => {
      const before = rig.far.asked.length
      const media = { NumMedia: '1', MediaUrl0: `${rig.far.url}/media`, MediaContentType0: 'image/png' }
      expect(await calls(rig, '/in', aMessage(media), change)).toEqual({ status: 403 })
      expect(await calls(rig, '/status', { MessageSid: 'SM1', MessageStatus: 'delivered' }, change)).toEqual({
        status: 403,
      })
      expect(rig.host.received).toEqual([])
      expect(rig.host.reports).toEqual([])
      expect(rig.far.asked.slice(before).filter(({ url }) => url.includes('media'))).toEqual([])
      expect(await calls(rig, '/in', aMessage())).toMatchObject({ status: 200 })
    })
  })

  it('a form that names something twice is refused, as its signature says nothing about which', async () => {
    await whileUp(async ({ channel, host }) => {
      const form = aMessage()
      const body = `${new URLSearchParams(form)}&Body=Other`
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf(`${host.httpUrl}/in`, form, TOKEN),
      }
      const request = requestTo(host.httpUrl, '/in', { method: 'POST', headers, body: Buffer.from(body) })
      expect(await channel.takeHttp?.(request)).toEqual({ status: 403 })
    })
  })
})

describe('messages with media (MMS)', () => {
  const withMedia = (far: FarGateway, ...urls: string[]) =>
    aMessage({
      NumMedia: String(urls.length),
      ...Object.fromEntries(
        urls.flatMap((url, index) => [
          [`MediaUrl${index}`, url.startsWith('/') ? `${far.url}${url}` : url],
          [`MediaContentType${index}`, 'image/png'],
        ]),
      ),
    })

  it('are fetched with our key and bounded, and come with the text (C8)', async () => {
    await whileUp(
      async (rig) => {
        const answerBefore = rig.far.answer
        rig.far.answer = (asked) => {
          if (asked.url === '/media/1') return { status: 200, body: Buffer.from('picture') }
          if (asked.url === '/media/2') return { status: 200, body: Buffer.alloc(2_000) }
          return answerBefore(asked)
        }
        expect(await calls(rig, '/in', withMedia(rig.far, '/media/1', '/media/2'))).toMatchObject({ status: 200 })
        const [inbound] = rig.host.received
        expect(inbound?.attachments.map(({ type, bytes }) => [type, Buffer.from(bytes).toString()])).toEqual([
          ['image/png', 'picture'],
        ])
        expect(inbound?.said.visible).toBe('Are you open?\n[… image/png]')
        const asked = rig.far.asked.find(({ url }) => url === '/media/1')
        expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`)
      },
      { mostMediaBytes: 1_000 },
    )
  })

  it.each([
    'http://127.0.0.1:5432/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/admin',
    'https://evil.example/x.png',
    'file:///etc/passwd',
    'nothing',
  ])('an address that is not the provider’s is refused before any effect: %s', async (url) => {
    await whileUp(async (rig) => {
      expect(await calls(rig, '/in', withMedia(rig.far, '/media/1', url))).toEqual({ status: 400 })
      expect(rig.host.received).toEqual([])
      expect(rig.far.asked.some((asked) => asked.url.startsWith('/media'))).toBe(false)
    })
  })

  it('where the provider sends us on to what stands inside, nothing is fetched', async () => {
    const inside = await new FarGateway().listen()
    const secretUrl = inside.url.replace('127.0.0.1', 'localhost')
    await whileUp(async (rig) => {
      rig.far.answer = ({ url }) =>
        url.startsWith('/media') ? { status: 302, headers: { location: secretUrl } } : { status: 200 }
      expect(await calls(rig, '/in', withMedia(rig.far, '/media/1'))).toMatchObject({ status: 200 })
      expect(rig.host.received[0]?.attachments).toEqual([])
      expect(inside.asked).toEqual([])
    })
    await inside.close()
  })

  it('the same request again fetches nothing, and the server is told that it is the same', async () => {
    await whileUp(async (rig) => {
      rig.far.answer = () => ({ status: 200, body: 'picture' })
      const form = withMedia(rig.far, '/media/1')
      await calls(rig, '/in', form)
      rig.host.answer = () => ({ outcome: 'duplicate' })
      await calls(rig, '/in', form)
      expect(rig.far.asked.filter(({ url }) => url === '/media/1')).toHaveLength(1)
      const [first, again] = rig.host.received.map(({ externalId }) => externalId)
      expect(again).toBe(first)
    })
  })

  const picture: OutboundAttachment = {
    name: 'map.png',
    type: 'image/png',
    size: 1_000,
    open: async function* () {
      yield Buffer.from('x')
    },
    url: 'https://parley.example/f/one',
  }

  it('go out by their addresses where that is wanted, and as links in the text where it is not', async () => {
    const delivery = aDelivery({ attachments: [picture] }, 'Here it is')
    await whileUp(
      async (rig) => {
        expect(await rig.channel.send(delivery)).toMatchObject({ status: 'sent' })
        const [form] = posts(rig)
        expect([form?.get('Body'), form?.getAll('MediaUrl')]).toEqual(['Here it is', [picture.url]])
      },
      { sendsMedia: true },
    )
    await whileUp(async (rig) => {
      await rig.channel.send(delivery)
      const [form] = posts(rig)
      expect([form?.get('Body'), form?.getAll('MediaUrl')]).toEqual([`Here it is\nmap.png: ${picture.url}`, []])
    })
  })
})

describe('what becomes of what we sent', () => {
  it('is told by the provider', async () => {
    await whileUp(async (rig) => {
      const outcome = await rig.channel.send(aDelivery())
      expect(outcome).toEqual({ status: 'sent', providerIds: ['SM1'] })
      expect(posts(rig)[0]?.get('StatusCallback')).toBe(`${rig.host.httpUrl}/status`)
      const tells = (MessageStatus: string, ErrorCode = '') =>
        calls(rig, '/status', { MessageSid: 'SM1', MessageStatus, ErrorCode })
      for (const early of ['queued', 'sent']) expect(await tells(early)).toEqual({ status: 204 })
      expect(rig.host.reports).toEqual([])
      await tells('delivered')
      await tells('undelivered', '30005')
      expect(rig.host.reports).toEqual([
        { of: { providerId: 'SM1' }, state: 'delivered' },
        { of: { providerId: 'SM1' }, state: 'failed', scope: 'address', reason: 'undelivered, code 30005' },
      ])
    })
  })

  it.each([
    [429, {}, { status: 'retry', afterMs: 7_000 }],
    [503, {}, { status: 'retry' }],
    [500, {}, { status: 'unknown' }],
    [401, {}, { status: 'retry' }],
    [400, { code: 21610 }, { status: 'rejected', scope: 'address' }],
    [400, { code: 21606 }, { status: 'rejected', scope: 'message' }],
  ])('an answer %i %j is read', async (status, body, outcome) => {
    await whileUp(async (rig) => {
      rig.far.answer = () => ({ status, body: JSON.stringify(body), headers: { 'retry-after': '7' } })
      expect(await rig.channel.send(aDelivery())).toMatchObject(outcome)
    })
  })
})
