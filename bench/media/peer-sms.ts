import { startSmsc } from '@parley/dev-env/smsc'
import type { Arrived, Peer } from './peer.ts'

/** A service centre with its phones, ten at once in each direction, as the carriers have it. */
export async function smsPeer(arrived: Arrived): Promise<Peer> {
  const smsc = await startSmsc({ receipts: 'none', window: 10 })
  smsc.judge = ({ to, from }) => {
    arrived(to, from)
    return 'take'
  }
  return {
    port: smsc.port,
    user: smsc.systemId,
    password: smsc.password,
    async says({ from, to, text }) {
      const status = await smsc.deliver({
        source_addr_ton: 1,
        source_addr_npi: 1,
        source_addr: from.slice(1),
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: to.slice(1),
        short_message: text,
      })
      if (status !== 0) throw new Error(`the SMS was answered ${status}`)
    },
    stop: () => smsc.close(),
  }
}
