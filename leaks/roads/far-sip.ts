import { randomBytes } from 'node:crypto'
import {
  aMessage,
  FarEnd as FarProxy,
  overTcp,
  responseTo,
  toldBy,
} from '../../packages/channel-sip/src/sip-rig.fixture.ts'
import { type FarEnd, type Hears, once } from './far-end.ts'

/** A proxy with somebody's phone behind it: hears every MESSAGE, headers and all. The proxy vouches for who writes. */
export async function startFarSip(
  address: string,
  { domain, ports }: { domain: string; ports: readonly number[] },
  hears: Hears,
): Promise<FarEnd & { readonly port: number }> {
  const proxy = new FarProxy()
  const refusal = once()
  let turns = 0
  proxy.onMessage = (raw) => {
    hears(/^MESSAGE (\S+)/.exec(raw)?.[1]?.split(';')[0] ?? '', raw)
    const isText = /^Content-Type:\s*text\/plain/im.test(raw)
    return responseTo(raw, isText && refusal.take() ? '488 Not Acceptable Here' : '200 OK')
  }
  await proxy.listen()
  return {
    port: proxy.port,
    async says(text, { token }) {
      const to = `${token}@${domain}`
      const vouched = [`P-Asserted-Identity: <${address}>`]
      const id = randomBytes(8).toString('hex')
      const message = aMessage({ to, text, id, from: `<${address}>`, headers: vouched })
      const answer = await overTcp(ports[turns++ % ports.length] ?? 0, message)
      hears(address, answer)
      return toldBy(answer) === 'taken' ? null : (answer.split('\r\n')[0] ?? '')
    },
    refusesNext: refusal.set,
    stop: () => proxy.close(),
  }
}
