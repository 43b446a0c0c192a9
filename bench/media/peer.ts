import type { BenchMedium } from './medium.ts'
import { mailPeer } from './peer-mail.ts'
import { sipPeer } from './peer-sip.ts'
import { smsPeer } from './peer-sms.ts'
import { xmppPeer } from './peer-xmpp.ts'

/** The other side of a medium, with everybody who is reached there. */
export interface Peer {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Somebody says something to an address of ours; resolves when it has been taken. `port`: where the carrier listens. */
  says(said: { from: string; to: string; text: string; id: string; port: number | null }): Promise<void>
  stop(): Promise<void>
}

/** Called with the reader and the address of ours that it came from. */
export type Arrived = (to: string, from: string) => void

export function startPeer(medium: BenchMedium, arrived: Arrived): Promise<Peer> {
  return { email: mailPeer, sms: smsPeer, xmpp: xmppPeer, sip: sipPeer }[medium](arrived)
}
