import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { domain } from './medium.ts'
import type { Arrived, Peer } from './peer.ts'

/** As much of an XMPP server as a component can tell: it believes every handshake, and answers nothing. */
export async function xmppPeer(arrived: Arrived): Promise<Peer> {
  const taken = new Map<string, () => void>()
  let component: Socket | null = null
  const hear = (stanza: string) => {
    const receipt = /<received\b[^>]*\bid=["']([^"']+)/.exec(stanza)?.[1]
    if (receipt) {
      taken.get(receipt)?.()
      taken.delete(receipt)
    } else if (stanza.includes('<body>')) {
      const [to, from] = ['to', 'from'].map((name) => new RegExp(`\\b${name}=["']([^"'/]+)`).exec(stanza)?.[1] ?? '')
      arrived(to ?? '', from ?? '')
    }
  }
  const server = createServer((socket) => {
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: string) => {
      heard += chunk
      if (heard.includes('<stream:stream') && component !== socket) {
        component = socket
        const ns = `xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'`
        socket.write(
          `<?xml version='1.0'?><stream:stream ${ns} id='${randomBytes(6).toString('hex')}' from='${domain}'>`,
        )
      }
      if (heard.includes('</handshake>')) {
        heard = heard.slice(heard.indexOf('</handshake>') + '</handshake>'.length)
        socket.write('<handshake/>')
      }
      // A component asks itself whether the stream is alive: what it writes to itself comes back.
      for (const [own] of heard.matchAll(/<iq\b(?:[^>]*\/>|.*?<\/iq>)/g)) {
        heard = heard.replace(own, '')
        socket.write(own)
      }
      for (let end = heard.indexOf('</message>'); end >= 0; end = heard.indexOf('</message>')) {
        hear(heard.slice(0, end))
        heard = heard.slice(end + '</message>'.length)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    user: '',
    password: 'secret',
    says: ({ from, to, text, id }) =>
      new Promise((resolve) => {
        taken.set(id, resolve)
        component?.write(
          `<message from='${from}/phone' to='${to}' id='${id}' type='chat'><body>${text}</body><request xmlns='urn:xmpp:receipts'/></message>`,
        )
      }),
    async stop() {
      component?.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
