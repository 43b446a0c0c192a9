import type { Channel, OutboundDelivery } from '@parley/channel-sdk'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { createXmppChannel, type XmppChannelOptions } from './xmpp-channel.ts'
import { XmppServer } from './xmpp-server.fixture.ts'

export const DOMAIN = 'chat.garden.example'
export const TOKEN = 'k5x2mq7vb3ndtz4wj6ayrc2e77'
export const OUR_ADDRESS = `${TOKEN}@${DOMAIN}`

/** An XMPP channel on loopback, and the server that it is a component of. */
export interface XmppRig {
  channel: Channel
  host: RecordingHost
  server: XmppServer
  dispose(): Promise<void>
}

export async function xmppRig(options: Partial<XmppChannelOptions> = {}): Promise<XmppRig> {
  const server = await new XmppServer(DOMAIN).listen()
  const { port, secret } = server
  const channel = createXmppChannel({
    host: '127.0.0.1',
    port,
    domain: DOMAIN,
    secret,
    publicName: 'Garden shop',
    random: () => 0,
    ...options,
  })
  return {
    channel,
    host: new RecordingHost().uses(OUR_ADDRESS),
    server,
    async dispose() {
      await server.close()
      holdsOnlyWhatWasGiven(server.written)
    },
  }
}

export function aDelivery(changes: Partial<OutboundDelivery> = {}): OutboundDelivery {
  return {
    reference: 'r7f3a9c2e41b',
    to: 'bo@people.example',
    relay: { token: TOKEN, alias: 'Blue Heron' },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text: 'Are you open on Sunday?', at: null }] },
    attachments: [],
    thread: { subject: 'A question from the shop', references: [] },
    maybeTwice: false,
    ...changes,
  }
}

/** Law 6 on every byte that any test sends: no address but the reader's and our own. */
function holdsOnlyWhatWasGiven(written: string): void {
  for (const [address] of written.matchAll(/[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}/gi)) {
    if (!address.endsWith('@people.example') && !address.endsWith(`@${DOMAIN}`)) {
      throw new Error(`what was sent holds ${address}`)
    }
  }
}

export async function eventually<T>(look: () => T | null | undefined | false, what: string): Promise<T> {
  const end = performance.now() + 30_000
  while (performance.now() < end) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited in vain for ${what}`)
}
