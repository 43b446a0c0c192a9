import {
  type CastPhone,
  castMessengers,
  type DemoMessengers,
  havePeer,
  type Phones,
  startMessengers,
} from '@parley/app-demo'
import { createXmppChannel } from '@parley/channel-xmpp'
import type { Config } from '@parley/server'

/** Messengers of the demo, and Parley's way to them; or the line that says how to get them. */
export type OpenMessengers =
  | { messengers: Phones; channel: ReturnType<typeof createXmppChannel>; stop(): Promise<void> }
  | { messengers: null; line: string | null }

/** Where Prosody is installed and XMPP is not set up otherwise. */
export async function openDemoMessengers({ web, xmpp }: Config): Promise<OpenMessengers> {
  if (xmpp) return { messengers: null, line: null }
  const { present } = havePeer('prosody')
  if (!present) return { messengers: null, line: 'apt-get install prosody, and start again' }
  const { port } = web
  const ports = { clients: port + 9, components: port + 10, http: port + 11 }
  const started: DemoMessengers = await startMessengers(ports)
  const channel = createXmppChannel({ ...started.component, publicName: 'Fjord & Field' })
  return { messengers: started.messengers, channel, stop: started.stop }
}

/** Who answers from a messenger and has nothing else. */
export const messengerResponders = castMessengers.filter(
  (person): person is CastPhone & { alias: string } => person.alias !== null,
)
