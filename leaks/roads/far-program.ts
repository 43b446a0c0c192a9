import { randomUUID } from 'node:crypto'
import { once as happens } from 'node:events'
import { createServer } from 'node:http'
import { signWebhook } from '@parley/channel-sdk'
import { type FarEnd, type Hears, once } from './far-end.ts'

/** The end of a program's webhooks: hears each, headers and all, and answers by signed requests of its own. */
export async function startFarProgram(
  address: string,
  { repliesTo, secret }: { repliesTo: () => string; secret: () => string },
  hears: Hears,
): Promise<FarEnd & { readonly url: string }> {
  const refusal = once()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      hears(address, `${JSON.stringify(request.headers)}\n${body}`)
      const { type, data } = JSON.parse(body) as { type: string; data: { challenge?: string } }
      if (type !== 'ping' && refusal.take()) response.writeHead(413).end()
      else response.end(JSON.stringify(type === 'ping' ? { challenge: data.challenge } : {}))
    })
  })
  server.listen(0, '127.0.0.1')
  await happens(server, 'listening')
  const at = server.address()
  if (!at || typeof at === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${at.port}/hook`,
    async says(text, { token }) {
      const body = JSON.stringify({ to: token, text })
      const headers = signWebhook([secret()], { id: randomUUID(), at: new Date(), body })
      const answer = await fetch(repliesTo(), { method: 'POST', body, headers: { ...headers } })
      const told = await answer.text()
      hears(address, told)
      return answer.status === 202 ? null : `${answer.status} ${told}`
    },
    refusesNext: refusal.set,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
