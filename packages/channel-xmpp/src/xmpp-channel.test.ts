import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from '@parley/channel-sdk'
import { type AbilityRig, abilityContract, channelContract, RecordingHost } from '@parley/channel-sdk/conformance'
import { seeded, seedOfThisRun } from '@parley/dev-env'
import { describe, expect, it } from 'vitest'
import { ns } from './namespaces.ts'
import { childOf, childrenOf, textOf } from './xml/element.ts'
import { text, type Xml, xml } from './xml/write-xml.ts'
import { createXmppChannel } from './xmpp-channel.ts'
import { aDelivery, DOMAIN, eventually, OUR_ADDRESS, TOKEN, type XmppRig, xmppRig } from './xmpp-rig.fixture.ts'
import { XmppServer } from './xmpp-server.fixture.ts'

const anotherToken = 'abcdefghijklmnopqrstuvwxyz'

/** The channel and its server, as the conformance kit drives them. */
async function makeRig(): Promise<AbilityRig> {
  const { channel, host, server, dispose } = await xmppRig()
  const anotherAddress = `${anotherToken}@${DOMAIN}`
  host.uses(anotherAddress)
  const messages = () => server.arrived.filter(({ element }) => childOf(element, 'body', ns.client))
  return {
    channel,
    host,
    ourAddress: OUR_ADDRESS,
    anotherAddress,
    anotherToken,
    unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaaaa@${DOMAIN}`,
    delivery: (reference, text) =>
      aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
    async says(to, text, id) {
      const before = server.arrived.length
      server.message(to, text, id)
      return eventually(() => server.toldAbout(id, before), 'an answer')
    },
    arrived: async () => server.arrived.map(({ raw }) => raw),
    arrivedFrom: async () => messages().map(({ element }) => element.attrs.from ?? ''),
    typing: {
      async says(to, isTyping) {
        const state = xml(isTyping ? 'composing' : 'paused', { xmlns: ns.chatStates })
        server.sends(xml('message', { from: client, to, type: 'chat' }, state))
      },
      seen: async () =>
        server.arrived.flatMap(({ element }) => {
          const isTyping = childOf(element, 'composing', ns.chatStates) !== undefined
          const hasStopped = childOf(element, 'paused', ns.chatStates) !== undefined
          return isTyping || hasStopped ? [{ from: element.attrs.from ?? '', isTyping }] : []
        }),
    },
    async reports(state) {
      for (const { element } of messages()) {
        const { from: to, id } = element.attrs
        const bounce = xml('error', { type: 'cancel' }, xml('item-not-found', { xmlns: ns.stanzaErrors }))
        if (state === 'failed') server.sends(xml('message', { from: client, to, id, type: 'error' }, bounce))
        else if (state === 'delivered') {
          server.sends(xml('message', { from: client, to }, xml('received', { xmlns: ns.receipts, id })))
        } else server.sends(xml('message', { from: client, to }, xml('displayed', { xmlns: ns.markers, id })))
      }
    },
    async refusesAddress() {
      server.isRefusing = true
    },
    async goesAway() {
      await server.close()
      await eventually(() => channel.health().state === 'down', 'the end of the connection to be noticed')
    },
    async comesBack() {
      await server.listen()
    },
    dispose,
  }
}

describe('the contract of every channel, kept by XMPP', () => {
  const abilities = {
    addresses: 'per-place',
    style: 'lines',
    attachments: 'links',
    typing: true,
    receipts: 'read',
  } as const
  for (const { title, run } of channelContract(makeRig)) it(title, run)
  for (const { title, run } of abilityContract(abilities, makeRig)) it(title, run)
})

/** A channel that is up, for one test. */
async function withRig(options: Parameters<typeof xmppRig>[0], play: (rig: XmppRig) => Promise<void>): Promise<void> {
  const rig = await xmppRig(options)
  await rig.channel.start(rig.host)
  try {
    await play(rig)
  } finally {
    await rig.channel.stop()
    await rig.dispose()
  }
}

const client = 'bo@people.example/phone'
const from = { from: client, to: OUR_ADDRESS }
const said = (body: string, more = '') =>
  `<message from='${client}' to='${OUR_ADDRESS}' id='m1' type='chat'><body>${body}</body>${more}</message>`
const tries = (rig: XmppRig, name: string, namespace: string) =>
  eventually(
    () => rig.server.arrived.find(({ element }) => childOf(element, name, namespace)),
    `${name} of ${namespace}`,
  )

describe('what is sent', () => {
  it('asks for a receipt and a marker, names the alias, is kept for who is away, and may be answered to the same address', () =>
    withRig({}, async ({ channel, server }) => {
      await channel.send(aDelivery())
      const [{ element, raw } = raise()] = server.arrived
      expect(element.attrs).toMatchObject({
        from: OUR_ADDRESS,
        to: 'bo@people.example',
        id: 'r7f3a9c2e41b',
        type: 'chat',
      })
      expect(raw).toContain('<body>Are you open on Sunday?</body>')
      for (const [name, namespace] of [
        ['request', ns.receipts],
        ['markable', ns.markers],
        ['store', ns.hints],
        ['active', ns.chatStates],
      ] as const) {
        expect(childOf(element, name, namespace)).toBeDefined()
      }
      expect(textOf(childOf(element, 'nick', ns.nick) ?? raise())).toBe('Blue Heron')
    }))

  it('C8 carries files as links, and whatever a name holds stays words', () =>
    withRig({}, async ({ channel, server }) => {
      const url = 'https://parley.example/file/1?a=1&b=2'
      const file = { name: "<plan> & 'more'.pdf", type: 'application/pdf', size: 3, url, open: nothing }
      await channel.send(aDelivery({ attachments: [file] }))
      const [{ element } = raise()] = server.arrived
      expect(textOf(childOf(element, 'body', ns.client) ?? raise())).toContain(`<plan> & 'more'.pdf: ${url}`)
      const link = childOf(element, 'x', ns.outOfBand) ?? raise()
      expect(textOf(childOf(link, 'url', ns.outOfBand) ?? raise())).toBe(url)
    }))

  it('A18 is marked where the reader may have it already, under the same id', () =>
    withRig({}, async ({ channel, server }) => {
      await channel.send(aDelivery({ maybeTwice: true }))
      expect(server.arrived[0]?.raw).toContain('<body>↻ Are you open on Sunday?</body>')
      expect(server.arrived[0]?.element.attrs.id).toBe('r7f3a9c2e41b')
    }))

  it('signs that XML forbids never reach the server, which would end the stream for everybody', () =>
    withRig({}, async ({ channel, server }) => {
      const text = 'a\u0000b\u001bc\ufffe\ud800d'
      const outcome = await channel.send(
        aDelivery({ content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      )
      expect(outcome).toEqual({ status: 'sent' })
      expect(server.arrived[0]?.raw).toContain('<body>abc\ufffdd</body>')
    }))

  it.each(['no jid at all', 'people.example', `someone@${DOMAIN}`])(
    'an address that is none for us is refused as one: %s',
    (to) =>
      withRig({}, async ({ channel }) => {
        expect(await channel.send(aDelivery({ to }))).toMatchObject({ status: 'rejected', scope: 'address' })
      }),
  )

  it('A18 counts as unknown when the connection breaks before the server shows that it has it', () =>
    withRig({}, async ({ channel, server }) => {
      server.isDeaf = true
      const outcome = channel.send(aDelivery())
      await eventually(() => server.written.includes('Are you open'), 'the message')
      await server.close()
      expect(await outcome).toMatchObject({ status: 'unknown' })
    }))

  it('A18 a message that comes back later is reported, with what is wrong', () =>
    withRig({}, async ({ channel, server, host }) => {
      await channel.send(aDelivery())
      const error = (type: string, condition: string) =>
        server.sends(
          `<message from='bo@people.example' to='${OUR_ADDRESS}' id='r7f3a9c2e41b' type='error'><error type='${type}'><${condition} xmlns='${ns.stanzaErrors}'/></error></message>`,
        )
      error('cancel', 'remote-server-not-found')
      error('modify', 'not-acceptable')
      await eventually(() => host.reports.length === 2, 'two reports')
      const of = { reference: 'r7f3a9c2e41b' }
      expect(host.reports).toEqual([
        { of, state: 'failed', scope: 'address', reason: 'the other server says remote-server-not-found' },
        { of, state: 'failed', scope: 'message', reason: 'the other server says not-acceptable' },
      ])
    }))

  it('A18 a receipt says that it arrived, a marker that it was read', () =>
    withRig({}, async ({ channel, server, host }) => {
      await channel.send(aDelivery())
      const tells = (what: string) => server.sends(xml('message', { ...from, id: 'x' }, what as never))
      tells(`<received xmlns='${ns.receipts}' id='r7f3a9c2e41b'/>`)
      tells(`<displayed xmlns='${ns.markers}' id='r7f3a9c2e41b'/>`)
      tells(`<received xmlns='${ns.receipts}' id='&lt;script&gt; no reference'/>`)
      await eventually(() => host.reports.length >= 2, 'two reports')
      expect(host.reports.map(({ state }) => state)).toEqual(['delivered', 'read'])
    }))

  it('typing goes out as a hint that no server keeps', () =>
    withRig({}, async ({ channel, server }) => {
      channel.typing?.({ to: 'bo@people.example', token: TOKEN, isTyping: true })
      const rig = { server } as XmppRig
      const { element } = await tries(rig, 'composing', ns.chatStates)
      expect(element.attrs.from).toBe(OUR_ADDRESS)
      expect(childOf(element, 'no-store', ns.hints)).toBeDefined()
      channel.typing?.({ to: 'bo@people.example', token: TOKEN, isTyping: false })
      await tries(rig, 'paused', ns.chatStates)
    }))
})

describe('what comes in', () => {
  it('comes in the order in which its sender wrote it, each sender by themselves', () =>
    withRig({}, async ({ server, host }) => {
      const order: string[] = []
      host.answer = async (inbound) => {
        // The first is the slowest.
        await sleep(inbound.said.full === '1' ? 60 : 0)
        order.push(`${inbound.from.address[0]}${inbound.said.full}`)
        return { outcome: 'accepted', messageId: 'm' }
      }
      for (const words of ['1', '2', '3']) server.sends(said(words))
      server.sends(said('x').replaceAll('bo@', 'ana@'))
      await eventually(() => order.length === 4, 'all four')
      expect(order).toEqual(['ax', 'b1', 'b2', 'b3'])
    }))

  it('A18 what cannot be stored now is answered, so that its sender learns it', () =>
    withRig({}, async ({ server, host }) => {
      host.answer = () => Promise.reject(new Error('no database'))
      server.sends(said('Hello'))
      await eventually(() => server.arrived.length > 0, 'an answer')
      expect(server.arrived[0]?.raw).toMatch(/type='error'.*<error type='wait'><resource-constraint/)
      expect(server.arrived[0]?.element.attrs).toMatchObject({ id: 'm1', to: client, from: OUR_ADDRESS })
    }))

  it('C8 a file is fetched from where it lies, and its address does not stand in the words', async () => {
    await using files = await fileServer()
    await withRig({ files: { hosts: ['127.0.0.1'] } }, async ({ server, host }) => {
      const oob = `<x xmlns='${ns.outOfBand}'><url>${files.url}/pictures/gate.txt</url></x>`
      server.sends(said(`${files.url}/pictures/gate.txt`, oob))
      await eventually(() => host.received.length > 0, 'the message')
      const [{ attachments, said: words } = raise()] = host.received
      expect(words.full).toBe('')
      expect(attachments.map(({ name, type, bytes }) => [name, type, Buffer.from(bytes).toString()])).toEqual([
        ['gate.txt', 'text/plain', 'a gate'],
      ])
    })
  })

  it.each([
    ['inside our own network', [], '/pictures/gate.txt', 'modify'],
    ['too large', ['127.0.0.1'], '/large', 'modify'],
    ['not there', ['127.0.0.1'], '/gone', 'modify'],
    ['at a server that is ill', ['127.0.0.1'], '/ill', 'wait'],
  ])(
    'C8 a file that is %s is not taken, its sender learns it, and nothing is taken in part',
    async (_, hosts, path, type) => {
      await using files = await fileServer()
      await withRig({ files: { hosts } }, async ({ server, host }) => {
        host.addresses.set(OUR_ADDRESS, { accepts: true, maxBytes: 1_000 })
        server.sends(said('Look', `<x xmlns='${ns.outOfBand}'><url>${files.url}${path}</url></x>`))
        await eventually(() => server.toldAbout('m1'), 'an answer')
        expect(server.arrived[0]?.raw).toContain(`<error type='${type}'>`)
        expect(host.received).toEqual([])
        expect(host.logged.join()).not.toContain(files.url)
      })
    },
  )

  it('a notice of another installation is known as one, so that two of them do not answer each other for ever', () =>
    withRig({}, async ({ channel, server, host }) => {
      await channel.send(aDelivery({ kind: 'notice' }))
      const [{ raw } = raise()] = server.arrived
      server.sends(
        raw
          .replace(`from='${OUR_ADDRESS}'`, `from='other@people.example'`)
          .replace("to='bo@people.example'", `to='${OUR_ADDRESS}'`),
      )
      await eventually(() => host.received.length > 0, 'the notice')
      expect(host.received[0]?.verdict).toEqual({ kind: 'automatic', why: 'notice' })
    }))

  it('typing and presence are passed on as hints', () =>
    withRig({}, async ({ server, host }) => {
      server.sends(`<message from='${client}' to='${OUR_ADDRESS}'><composing xmlns='${ns.chatStates}'/></message>`)
      server.sends(
        `<presence from='${client}' to='${OUR_ADDRESS}'/><presence from='bo@people.example/desk' to='${OUR_ADDRESS}'/>`,
      )
      server.sends(`<presence from='${client}' to='${OUR_ADDRESS}' type='unavailable'/>`)
      server.sends(`<presence from='bo@people.example/desk' to='${OUR_ADDRESS}' type='unavailable'/>`)
      await eventually(() => host.presences.length === 2, 'coming and going')
      expect(host.typings).toEqual([{ to: OUR_ADDRESS, from: 'bo@people.example', isTyping: true }])
      const address = 'bo@people.example'
      expect(host.presences).toEqual([
        { address, isThere: true },
        { address, isThere: false },
      ])
    }))

  it('who adds one of our addresses sees it as there, and who adds one that is none is told so', () =>
    withRig({}, async ({ server }) => {
      server.sends(`<presence from='bo@people.example' to='${OUR_ADDRESS}' type='subscribe'/>`)
      await eventually(() => server.arrived.length === 3, 'three answers')
      expect(server.arrived.map(({ element }) => element.attrs.type)).toEqual(['subscribed', 'subscribe', undefined])
      server.sends(`<presence from='bo@people.example' to='nobody@${DOMAIN}' type='subscribe'/>`)
      await eventually(() => server.arrived.length === 4, 'a refusal')
      expect(server.arrived[3]?.element.attrs).toMatchObject({ from: `nobody@${DOMAIN}`, type: 'unsubscribed' })
      server.sends(`<presence from='bo@people.example' to='${OUR_ADDRESS}' type='probe'/>`)
      await eventually(() => server.arrived.length === 5, 'presence')
    }))

  it('a program that asks learns what our addresses can do, and finds the same by the hash in our presence', () =>
    withRig({}, async ({ server }) => {
      server.sends(`<presence from='bo@people.example' to='${OUR_ADDRESS}' type='probe'/>`)
      const { element: shown } = await eventually(() => server.arrived[0], 'presence')
      const { node, ver } = childOf(shown, 'c', ns.caps)?.attrs ?? {}
      server.sends(
        xml('iq', { ...from, type: 'get', id: 'd1' }, xml('query', { xmlns: ns.discoInfo, node: `${node}#${ver}` })),
      )
      const { element } = await eventually(() => server.arrived[1], 'an answer')
      const info = childOf(element, 'query', ns.discoInfo) ?? raise()
      const features = childrenOf(info, 'feature', ns.discoInfo).map(({ attrs }) => attrs.var ?? '')
      expect(features).toEqual(expect.arrayContaining([ns.chatStates, ns.receipts, ns.discoInfo]))
      const [{ attrs: identity } = raise()] = childrenOf(info, 'identity', ns.discoInfo)
      // XEP-0115 §5.1, from what was answered.
      const described = `${identity.category}/${identity.type}//<${features.sort().join('<')}<`
      expect(ver).toBe(createHash('sha1').update(described).digest('base64'))
      expect(info.attrs.node).toBe(`${node}#${ver}`)
    }))

  it.each([
    ['a ping', 'get', `<ping xmlns='${ns.ping}'/>`, /type='result'\/>/],
    ['its version', 'get', `<query xmlns='${ns.version}'/>`, /<name>Parley<\/name>/],
    [
      'a card, which has the alias that its reader knows',
      'get',
      `<vCard xmlns='${ns.vcard}'/>`,
      /<FN>Blue Heron<\/FN>/,
    ],
    ['something else', 'set', "<query xmlns='jabber:iq:roster'/>", /type='error'.*<service-unavailable/],
  ])('asked for %s, an address answers', (_, type, payload, answer) =>
    withRig({}, async ({ channel, server }) => {
      await channel.send(aDelivery())
      server.sends(`<iq from='${client}' to='${OUR_ADDRESS}' type='${type}' id='q1'>${payload}</iq>`)
      const found = await eventually(() => server.arrived.find(({ element }) => element.name === 'iq'), 'an answer')
      expect(found.raw).toMatch(answer)
    }),
  )

  it('a stanza that is too large is answered, and the next one is read', () =>
    withRig({ maxStanza: 5_000 }, async ({ server, host }) => {
      server.sends(said('x'.repeat(200_000)))
      server.sends(said('Hello'))
      await eventually(() => host.received.length > 0, 'the next message')
      const refusal = await eventually(() => server.arrived[0], 'the refusal')
      expect(refusal.raw).toContain('not-acceptable')
      expect(host.received[0]?.said.full).toBe('Hello')
    }))

  it('when the server is slow no more is read than it can take, and in the end all of it', () =>
    withRig({}, async ({ server, host }) => {
      let open: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        open = resolve
      })
      host.answer = async () => {
        await gate
        return { outcome: 'accepted', messageId: 'm' }
      }
      const padding = 'x'.repeat(4_000)
      for (let i = 0; i < 2_000; i++) server.sends(said(padding).replaceAll('bo@', `p${i}@`))
      await eventually(() => host.received.length > 256, 'as many as are taken at once')
      const taken = host.received.length
      expect(taken).toBeLessThan(1_000)
      open()
      await eventually(() => host.received.length === 2_000, 'all of them')
    }))
})

describe('staying connected', () => {
  it('a wrong secret is a state of health that says so', () =>
    withRig({ secret: 'not-this-one' }, async ({ channel }) => {
      await eventually(() => channel.health().state === 'down', 'the refusal')
      expect(channel.health()).toMatchObject({ reason: 'the server refuses the secret (not-authorized)' })
    }))

  it('another program under the same name is a state of health that says so', () =>
    withRig({}, async ({ server, host }) => {
      const { secret, port } = server
      const second = createXmppChannel({
        host: '127.0.0.1',
        port,
        secret,
        domain: DOMAIN,
        publicName: '',
        random: () => 0,
      })
      await second.start(host)
      await eventually(() => second.health().state === 'down', 'the refusal')
      expect(second.health()).toMatchObject({ reason: 'another program is connected as this component (conflict)' })
      await second.stop()
    }))

  it('of two processes one is connected and the other stands by, and takes over when the first is gone', async () => {
    const server = await new XmppServer(DOMAIN).listen()
    const held: (() => void)[] = []
    let isHeld = false
    const lease: Lease = async (_, isStopping) => {
      if (isHeld) {
        await new Promise<void>((resolve) => {
          held.push(resolve)
          isStopping.addEventListener('abort', () => resolve())
        })
        if (isStopping.aborted) throw new Error('stopped')
      }
      isHeld = true
      const release = async () => {
        isHeld = false
        held.shift()?.()
      }
      return { isLost: new AbortController().signal, release }
    }
    const options = { host: '127.0.0.1', port: server.port, secret: server.secret, domain: DOMAIN, publicName: '' }
    const channels = [createXmppChannel(options), createXmppChannel(options)] as const
    const hosts = [new RecordingHost(), new RecordingHost()] as const
    for (const [index, host] of hosts.entries()) {
      host.lease = lease
      await channels[index]?.start(host)
    }
    expect(channels.map((channel) => channel.health().state)).toEqual(['up', 'standby'])
    expect(await channels[1].send(aDelivery())).toMatchObject({ status: 'retry' })
    await channels[0].stop()
    await eventually(() => channels[1].health().state === 'up', 'the second to take over')
    await channels[1].stop()
    await server.close()
  })

  it('a server that is silent is noticed and left', () =>
    withRig({}, async ({ channel, server }) => {
      server.isDeaf = true
      const outcome = channel.send(aDelivery())
      expect(await outcome).toMatchObject({ status: 'unknown' })
      await eventually(() => channel.health().state !== 'up' || !server.isConnected, 'the channel to leave it')
    }))

  it('hostile stanzas, whatever they hold, leave the channel as it was', () =>
    withRig({}, async ({ channel, server, host }) => {
      const seed = seedOfThisRun()
      const random = seeded(seed)
      const names = [
        'message',
        'presence',
        'iq',
        'x',
        'body',
        'query',
        'error',
        'received',
        'composing',
        'forwarded',
        'reference',
        'file-sharing',
        'sources',
        'delay',
        'replace',
        'fallback',
        'reply',
      ]
      const spaces = Object.values(ns)
      const values = [
        client,
        OUR_ADDRESS,
        DOMAIN,
        'get',
        'set',
        'error',
        'result',
        'subscribe',
        'probe',
        'chat',
        'groupchat',
        '',
        '@',
        '/',
        'x'.repeat(2_000),
        '__proto__',
        'constructor',
        '-1',
        'NaN',
        'http://[',
        'https://127.0.0.1/',
      ]
      const attributes = [
        'from',
        'to',
        'id',
        'type',
        'node',
        'stamp',
        'url',
        'uri',
        'target',
        'start',
        'end',
        'for',
        'xml:lang',
      ]
      const attrs = () =>
        Object.fromEntries(
          Array.from({ length: random.int(0, 5) }, () => [random.pick(attributes), random.pick(values)]),
        )
      const element = (depth: number): Xml =>
        xml(
          random.pick(names),
          { ...(random.chance(0.7) ? { xmlns: random.pick(spaces) } : {}), ...attrs() },
          ...Array.from({ length: depth > 3 ? 0 : random.int(0, 3) }, () =>
            random.chance(0.3) ? text(random.pick(values)) : element(depth + 1),
          ),
        )
      for (let i = 0; i < 3_000; i++) {
        const stanza = random.pick(['message', 'presence', 'iq'] as const)
        const usual = random.chance(0.8) ? { from: client, to: OUR_ADDRESS, id: `f${i}` } : {}
        server.sends(
          xml(
            stanza,
            { ...usual, ...(random.chance(0.5) ? attrs() : {}) },
            ...Array.from({ length: random.int(0, 3) }, () => element(0)),
          ),
        )
      }
      server.sends(said('Still there?'))
      await eventually(
        () => host.received.some((inbound) => inbound.said.full === 'Still there?'),
        `the last one (seed ${seed})`,
      )
      expect(channel.health()).toEqual({ state: 'up' })
    }))
})

async function fileServer() {
  const server = createServer((request, response) => {
    if (request.url === '/gone') response.writeHead(404).end()
    else if (request.url === '/ill') response.writeHead(503).end()
    else
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(request.url === '/large' ? 'x'.repeat(2_000) : 'a gate')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return { url, [Symbol.asyncDispose]: async () => void server.closeAllConnections() }
}

async function* nothing(): AsyncIterable<Uint8Array> {}

function raise(): never {
  throw new Error('there is none')
}
