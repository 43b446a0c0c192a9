import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { pop3Greeting, pop3Session, type SignIn } from './pop3-session.ts'

export type Pop3Server = { port: number; close(): Promise<void> }

/** Serves the mailboxes by POP3, in plain text: for loopback only. */
export async function startPop3Server({ host, port, signIn }: Pop3Options): Promise<Pop3Server> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A peer that vanishes is an everyday end of a session; nothing waits for its outcome.
    socket.on('error', () => socket.destroy())
    socket.setTimeout(10 * 60_000, () => socket.destroy())
    serve(socket, signIn).catch((error: unknown) => {
      socket.destroy()
      if (!isSocketError(error)) throw error
    })
  })
  server.maxConnections = 64
  await listening(server, host, port)
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the POP3 server has no port')
  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

type Pop3Options = { host: string; port: number; signIn: SignIn }

async function listening(server: Server, host: string, port: number): Promise<void> {
  const ready = once(server, 'listening')
  server.listen(port, host)
  await ready
}

// RFC 2449 §4 allows 255 octets; a SASL line may be longer. Whoever sends more speaks something else.
const LONGEST_LINE = 4096

async function serve(socket: Socket, signIn: SignIn): Promise<void> {
  const session = pop3Session(signIn)
  await write(socket, pop3Greeting)
  let unread = ''
  for await (const chunk of socket) {
    unread += Buffer.isBuffer(chunk) ? chunk.toString('utf8') : String(chunk)
    for (let end = unread.indexOf('\n'); end >= 0; end = unread.indexOf('\n')) {
      const line = unread.slice(0, end).replace(/\r$/, '')
      unread = unread.slice(end + 1)
      const { text, close } = line.length > LONGEST_LINE ? tooLong : await session.answer(line)
      await write(socket, text)
      if (close) {
        socket.end()
        return
      }
    }
    if (unread.length > LONGEST_LINE) {
      socket.end(tooLong.text)
      return
    }
  }
}

const tooLong = { text: '-ERR That line is too long, goodbye\r\n', close: true } as const

async function write(socket: Socket, text: string | Buffer): Promise<void> {
  if (!socket.write(text) && !socket.destroyed) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
}

function isSocketError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(E[A-Z]+|ERR_STREAM_|ABORT)/.test(error.code)
  )
}
