import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import path from 'node:path'
import type { ClientFrame, ConversationView, Me, MessageView, ServerFrame } from '@parley/protocol'
import { WebSocket, WebSocketServer } from 'ws'
import * as stories from './stories.fixture.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface FakeServer {
  url: string
  /** What the desk asked for, in order: `POST /api/desk/…` and the body. */
  asked: { call: string; body: unknown }[]
  /** Every frame that a desk sent. */
  frames: ClientFrame[]
  /** To all desks that are connected. */
  push(frame: ServerFrame): void
  /** Answers for one call from now on. */
  answer(call: string, status: number, body: unknown): void
  /** What a desk sees that connects from now on, in the place of the usual stories. */
  holds(conversations: readonly ConversationView[], messages: Record<string, MessageView[]>): void
  /** Cuts all connections. */
  cut(): void
  state: { isSignedIn: boolean; needsCode: boolean; me: Me }
  /** Cuts all connections, and is as if it had just been started, at the same address. */
  begin(): void
  close(): Promise<void>
}

/** The contract's far end for tests of the desk's screens: answers from fixtures, under the content security policy that we serve. */
export async function startFakeServer(dist: string): Promise<FakeServer> {
  const asked: FakeServer['asked'] = []
  const frames: ClientFrame[] = []
  const answers = new Map<string, { status: number; body: unknown }>()
  const state: FakeServer['state'] = { isSignedIn: true, needsCode: false, me: structuredClone(stories.me) }
  let messages = structuredClone(stories.messages)
  let conversations: readonly ConversationView[] = stories.conversations
  const said = new Map<string, ServerFrame>()
  const files = new Map<string, Promise<Buffer | null>>()

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://desk')
    if (url.pathname.startsWith('/api/')) {
      const call = `${request.method} ${url.pathname}`
      const body = await bodyOf(request)
      if (body === gone) return
      if (request.method !== 'GET') asked.push({ call, body })
      const { status, body: answer } = answers.get(call) ?? route(call, body)
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(answer))
      return
    }
    const name = url.pathname.replace(/^\/desk\//, '')
    const isFile = /\.\w+$/.test(name)
    const file = path.join(dist, isFile ? name : 'index.html')
    if (!files.has(file))
      files.set(
        file,
        readFile(file).catch(() => null),
      )
    const bytes = await files.get(file)
    if (!bytes) {
      response.writeHead(404).end()
      return
    }
    const nonce = randomBytes(16).toString('base64')
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      // As our server says it. What is kept of a script is also what was compiled of it.
      'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    })
    response.end(isFile ? bytes : bytes.toString().replaceAll('__CSP_NONCE__', nonce))
  })

  function route(call: string, body: unknown): { status: number; body: unknown } {
    const ok = (value: unknown) => ({ status: 200, body: value })
    const loose = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
    switch (call) {
      case 'POST /api/auth/sign-in/email':
        if (loose.password !== 'correct horse battery staple') {
          return { status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'x' } }
        }
        if (state.needsCode) return ok({ twoFactorRedirect: true })
        state.isSignedIn = true
        return ok({})
      case 'POST /api/auth/one-time-link/use':
      case 'POST /api/auth/two-factor/verify-totp':
        state.isSignedIn = true
        return ok({})
      case 'POST /api/auth/sign-out':
        state.isSignedIn = false
        return ok({})
      case 'POST /api/auth/two-factor/enable':
        return ok({
          totpURI: 'otpauth://totp/Parley:bo%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parley',
          backupCodes: ['aB3dE-fG5hJ', 'kL7mN-pQ9rS', 'tU2vW-xY4zA', 'bC6dE-fG8hJ'],
        })
      case 'GET /api/auth/security':
        return ok({ email: 'bo@example.org', hasPassword: true, twoFactor: false, byLink: false, session: 's1' })
      case 'GET /api/auth/list-sessions':
        return ok([
          {
            id: 's1',
            token: 't1',
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
            ipAddress: '',
            createdAt: new Date().toISOString(),
            updatedAt: '',
          },
          {
            id: 's2',
            token: 't2',
            userAgent: 'Mozilla/5.0 (iPhone) Safari/605',
            ipAddress: '',
            createdAt: new Date().toISOString(),
            updatedAt: '',
          },
        ])
    }
    if (call.includes('/api/auth/')) return ok({ status: true })
    if (!state.isSignedIn) return { status: 401, body: { reason: 'not-signed-in', text: '' } }
    switch (call) {
      case 'POST /api/desk/token':
        return ok({ token: 'fake', expiresInMs: 60_000 })
      case 'GET /api/desk/me':
        return ok(state.me)
      case 'PATCH /api/desk/me':
        state.me = { ...state.me, ...(loose as Partial<Me>) }
        return ok(state.me)
      case 'GET /api/desk/media':
        return ok({ media: ['email', 'sms', 'xmpp'] })
      case 'GET /api/desk/topics':
        return ok(stories.topics)
      case 'GET /api/desk/me/criteria':
        return ok({ criteria: stories.criteria })
      case 'PUT /api/desk/me/criteria':
        return ok(loose)
      case 'GET /api/desk/criteria-choices':
        return ok(stories.criteriaChoices)
      case 'POST /api/desk/me/would-i-get':
        return ok({ verdict: stories.verdict, criteria: stories.criteria })
      case 'POST /api/desk/admin/who-would-get':
        return ok(stories.whoWouldGet)
      case 'GET /api/desk/offers':
        return ok(stories.offers)
      case 'GET /api/desk/invitations':
        return ok({ open: [], sent: [] })
      case 'GET /api/desk/held':
        return ok(stories.held)
      case 'GET /api/desk/deliveries':
        return ok(stories.deliveries)
      case 'POST /api/uploads':
        return ok({ id: randomUUID(), name: 'x', type: 'text/plain', size: 3, url: '/x', image: false })
    }
    if (/^GET \/api\/messages\/.*\/full$/.test(call)) return ok({ text: stories.full, cuts: [] })
    if (/\/answer$/.test(call))
      return ok({ outcome: 'admitted', conversation: stories.conversation, interaction: stories.interaction })
    if (/\/resend$/.test(call)) return ok({ delivery: { ...stories.deliveries[0], state: 'queued' } })
    return ok({})
  }

  const sockets = new WebSocketServer({ server, path: '/rt' })
  sockets.on('connection', (socket) => {
    const send = (frame: ServerFrame) => socket.send(JSON.stringify(frame))
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ClientFrame
      frames.push(frame)
      if (frame.t === 'ping') send({ t: 'pong' })
      if (frame.t === 'hello') {
        send({
          t: 'welcome',
          v: 1,
          you: { person: stories.me.person, kind: 'responder' },
          conversations: [...conversations],
        })
        for (const [interaction, list] of Object.entries(messages)) {
          const after = frame.cursors[interaction] ?? 0
          send({ t: 'messages', interaction, messages: list.filter((message) => message.n > after) })
        }
      }
      if (frame.t !== 'say') return
      const known = said.get(frame.id)
      if (known) return send(known)
      const list = messages[stories.interaction] ?? []
      const you = stories.conversations[0]?.interactions[0]?.participants.find((one) => one.you)
      const message = {
        n: list.length + 1,
        id: randomUUID(),
        from: you?.id ?? null,
        at: new Date().toISOString(),
        text: frame.text,
      }
      list.push(message)
      const answer: ServerFrame = {
        t: 'said',
        id: frame.id,
        message: message.id,
        at: message.at,
        places: [{ interaction: stories.interaction, n: message.n }],
      }
      said.set(frame.id, answer)
      send(answer)
      for (const one of sockets.clients) {
        one.send(JSON.stringify({ t: 'messages', interaction: stories.interaction, messages: [message] }))
      }
    })
  })

  const cut = () => {
    for (const one of sockets.clients) one.terminate()
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    asked,
    frames,
    state,
    push: (frame) => {
      for (const one of sockets.clients) if (one.readyState === WebSocket.OPEN) one.send(JSON.stringify(frame))
    },
    holds(held, texts) {
      conversations = held
      messages = structuredClone(texts)
    },
    answer: (call, status, body) => void answers.set(call, { status, body }),
    cut,
    begin() {
      cut()
      server.closeAllConnections()
      asked.length = 0
      frames.length = 0
      answers.clear()
      said.clear()
      Object.assign(state, { isSignedIn: true, needsCode: false, me: structuredClone(stories.me) })
      messages = structuredClone(stories.messages)
      conversations = stories.conversations
    },
    close: async () => {
      cut()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const gone = Symbol('the page went away before its request was whole')

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk)
  } catch (error) {
    // A page that is closed breaks off what it was sending: nobody waits for an answer.
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return gone
    throw error
  }
  const text = Buffer.concat(chunks).toString()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
