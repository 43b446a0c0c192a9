import { randomBytes } from 'node:crypto'
import { text, xml } from '@parley/channel-xmpp/xml'
import { waitFor } from '@parley/dev-env'
import { XmppServer } from '../../packages/channel-xmpp/src/xmpp-server.fixture.ts'
import { type FarEnd, type Hears, once } from './far-end.ts'

/** The server that we are a component of, with somebody's program: hears every stanza for them. */
export async function startFarChat(
  jid: string,
  domain: string,
  hears: Hears,
): Promise<FarEnd & { readonly server: XmppServer }> {
  const server = await new XmppServer(domain).listen()
  const refusal = once()
  server.onArrival = (to, raw) => hears(to.split('/')[0] ?? '', raw)
  server.refuses = (raw) => (raw.includes('<body') && refusal.take() ? 'not-acceptable' : null)
  return {
    server,
    async says(words, { token }) {
      const id = randomBytes(8).toString('hex')
      const to = `${token}@${domain}`
      const inside = [xml('body', {}, text(words)), xml('request', { xmlns: 'urn:xmpp:receipts' })]
      server.sends(xml('message', { from: `${jid}/phone`, to, id, type: 'chat' }, ...inside))
      const told = await waitFor('an answer to a stanza', () => server.toldAbout(id), { timeoutMs: 30_000 })
      return told === 'taken' ? null : told
    },
    refusesNext: refusal.set,
    stop: () => server.close(),
  }
}
