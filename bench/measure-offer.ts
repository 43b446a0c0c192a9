import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type ConversationView, type EnterResponse, protocolVersion } from '@parley/protocol'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { WebSocket } from 'ws'
import { Child } from './child.ts'
import type { BenchDatabase } from './database.ts'
import { median, percentile } from './figures.ts'
import type { ParleyFacts, ParleyGiven } from './serve-parley.ts'

export interface OfferFigures {
  readonly times: number
  /** Milliseconds until the mail server has the whole mail. */
  readonly bare: { p50: number; p99: number }
  readonly parley: { p50: number; p99: number }
}

const times = 60

/** From a visitor's first words to the question in a mail server's hands, beside a bare nodemailer that sends the same words at once. */
export async function measureOffer(database: BenchDatabase): Promise<OfferFigures> {
  let taken: (at: number) => void = () => {}
  const sink = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _, done) {
      stream.resume()
      stream.on('end', () => {
        taken(performance.now())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const smtpPort = (sink.server.address() as AddressInfo).port
  const given: ParleyGiven = { connectionString: database.connectionString, pairs: 0, tellsSeen: false, smtpPort }
  const server = new Child('serve-parley.ts', given)
  const { url, site } = await server.answer<ParleyFacts>()
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, pool: true, ignoreTLS: true })
  const next = () => new Promise<number>((resolve) => (taken = resolve))
  const bare: number[] = []
  const parley: number[] = []
  try {
    for (let n = 0; n < times + 5; n++) {
      const text = `Hello, is number ${n} still there?`
      const mailed = next()
      const began = performance.now()
      await transport.sendMail({ from: 'a@bench.test', to: 'bo@people.test', subject: 'A question', text })
      const bareMs = (await mailed) - began

      const visitor = await enter(url, site)
      const offered = next()
      const said = performance.now()
      visitor.say(text)
      const parleyMs = (await offered) - said
      await visitor.close()
      // The first few warm both up.
      if (n < 5) continue
      bare.push(bareMs)
      parley.push(parleyMs)
    }
  } finally {
    transport.close()
    await server.stop()
    await new Promise<void>((resolve) => sink.close(() => resolve()))
  }
  const figures = (all: number[]) => ({ p50: median(all), p99: percentile(all, 0.99) })
  return { times, bare: figures(bare), parley: figures(parley) }
}

/** A new visitor with a conversation and an open window. */
async function enter(url: string, site: string) {
  const post = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json() as Promise<T>
  }
  const { token } = await post<EnterResponse>('/api/visitor/enter', { site })
  const conversation = await post<ConversationView>('/api/visitor/conversation', {}, token)
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rt`)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const welcomed = new Promise((resolve) => socket.once('message', resolve))
  socket.send(JSON.stringify({ t: 'hello', v: protocolVersion, token, cursors: {} }))
  await welcomed
  return {
    say: (text: string) =>
      socket.send(JSON.stringify({ t: 'say', id: randomUUID(), to: { conversation: conversation.id }, text })),
    close: async () => {
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.close()
      await closed
    },
  }
}
