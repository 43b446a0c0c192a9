import { abilityContract } from '@parley/channel-sdk/conformance'
import { describe, it } from 'vitest'
import { ns } from './namespaces.ts'
import { childOf } from './xml/element.ts'
import { xml } from './xml/write-xml.ts'
import { createXmppChannel } from './xmpp-channel.ts'
import { aDelivery, DOMAIN, eventually, OUR_ADDRESS, xmppRig } from './xmpp-rig.fixture.ts'

const anotherToken = 'a5x2mq7vb3ndtz4wj6ayrc2e77'
const anotherAddress = `${anotherToken}@${DOMAIN}`
const bo = 'bo@people.example/phone'
const { abilities } = createXmppChannel({ host: '127.0.0.1', port: 1, domain: DOMAIN, secret: 's', publicName: 'Shop' })

describe('what XMPP can do, kept by its channel', () => {
  const checks = abilityContract(abilities, async () => {
    const { channel, host, server, dispose } = await xmppRig()
    host.uses(anotherAddress)
    const words = () => server.arrived.filter(({ element }) => childOf(element, 'body', ns.client))
    const states = () =>
      server.arrived.flatMap(({ element }) => {
        const isTyping = childOf(element, 'composing', ns.chatStates) !== undefined
        const hasStopped = ['active', 'paused', 'inactive'].some((name) => childOf(element, name, ns.chatStates))
        const from = element.attrs.from?.split('/')[0] ?? ''
        return isTyping || (hasStopped && !childOf(element, 'body', ns.client)) ? [{ from, isTyping }] : []
      })
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
      arrived: async () => words().map(({ raw }) => raw),
      arrivedFrom: async () => words().map(({ element }) => element.attrs.from?.split('/')[0] ?? ''),
      typing: {
        says: async (to, isTyping) =>
          server.sends(
            xml(
              'message',
              { from: bo, to, type: 'chat' },
              xml(isTyping ? 'composing' : 'paused', { xmlns: ns.chatStates }),
            ),
          ),
        seen: async () => states(),
      },
      async reports(state) {
        for (const { element } of words()) {
          const { id = '', from: to = '' } = element.attrs
          const about = { from: bo, to, ...(state === 'failed' ? { id, type: 'error' } : {}) }
          const what = {
            delivered: xml('received', { xmlns: ns.receipts, id }),
            read: xml('displayed', { xmlns: 'urn:xmpp:chat-markers:0', id }),
            failed: xml('error', { type: 'cancel' }, xml('service-unavailable', { xmlns: ns.stanzaErrors })),
          }[state]
          server.sends(xml('message', about, what))
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
  })
  for (const { title, run } of checks) it(title, run)
})
