import { createServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { certificate } from '@parley/dev-env/certificate'
import { afterEach, describe, expect, it } from 'vitest'
import { Pop3Client } from './pop3-client.ts'

describe('a POP3 server that does as it likes', () => {
  let server: Server | undefined
  const sockets = new Set<Socket>()
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server?.close(resolve) ?? resolve(null))
  })
  const serves = async (answers: Record<string, string | Buffer>, pieces = Number.POSITIVE_INFINITY) => {
    server = createServer((socket) => {
      sockets.add(socket)
      socket.setNoDelay(true)
      const says = async (value: string | Buffer) => {
        const bytes = Buffer.from(value)
        for (let at = 0; at < bytes.length; at += pieces) {
          socket.write(bytes.subarray(at, at + Math.min(pieces, bytes.length)))
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      socket.on('error', () => undefined)
      void says('+OK hello\r\n')
      socket.on('data', (line) => {
        const command = line.toString().trim()
        void says(answers[command] ?? answers[command.split(' ')[0] ?? ''] ?? '+OK\r\n')
      })
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const account = { host: '127.0.0.1', port, user: 'box', password: 'secret', tls: 'never' as const, maxBytes: 1_000 }
    return Pop3Client.connect(account, new AbortController().signal)
  }

  it.each([1, 2, 3, 5, 1_000])('a mail in pieces of %i bytes is the same mail', async (pieces) => {
    const client = await serves(
      { RETR: '+OK\r\nSubject: a\r\n\r\n..\r\n..dot\r\nend .\r\n.\r\n', UIDL: '+OK\r\n1 abc\r\n2 def\r\n.\r\n' },
      pieces,
    )
    expect(await client.ids()).toEqual(
      new Map([
        [1, 'abc'],
        [2, 'def'],
      ]),
    )
    expect(Buffer.from(await client.retrieve(1)).toString()).toBe('Subject: a\r\n\r\n.\r\n.dot\r\nend .\r\n')
    expect(await client.ids()).toEqual(
      new Map([
        [1, 'abc'],
        [2, 'def'],
      ]),
    )
    await client.quit()
  })

  it('bytes that are no UTF-8 stay as they are', async () => {
    const client = await serves({
      RETR: Buffer.concat([Buffer.from('+OK\r\n\r\n'), Buffer.from([0xff, 0x00, 0xe4]), Buffer.from('\r\n.\r\n')]),
    })
    expect([...(await client.retrieve(1)).subarray(2, 5)]).toEqual([0xff, 0x00, 0xe4])
    client.destroy()
  })

  it('an empty mailbox and an empty mail are empty', async () => {
    const client = await serves({ UIDL: '+OK\r\n.\r\n', RETR: '+OK\r\n.\r\n' })
    expect(await client.ids()).toEqual(new Map())
    expect((await client.retrieve(1)).byteLength).toBe(0)
    client.destroy()
  })

  it('a mail far larger than announced is not taken in', async () => {
    const client = await serves({ RETR: `+OK 10 octets\r\n${'x'.repeat(1_500_000)}\r\n.\r\n` })
    await expect(client.retrieve(1)).rejects.toThrow('more than it announced')
    client.destroy()
  })

  it('a refused password is told apart from a broken line', async () => {
    await expect(serves({ PASS: '-ERR no\r\n' })).rejects.toMatchObject({ name: 'Pop3SignInError' })
  })

  it('with STLS everything after the handshake is encrypted, and what stood before it is forgotten', async () => {
    const heard: string[] = []
    server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.write('+OK hello\r\n')
      socket.once('data', (line) => {
        heard.push(`clear ${String(line).trim()}`)
        // The last two lines are an attacker's: answers put before the handshake.
        socket.write('+OK begin\r\n+OK forged\r\n+OK forged\r\n')
        const secure = new TLSSocket(socket, { isServer: true, ...certificate() })
        secure.on('error', () => undefined)
        secure.on('data', (command) => {
          heard.push(`secret ${String(command).trim()}`)
          secure.write(String(command).startsWith('UIDL') ? '+OK\r\n1 abc\r\n.\r\n' : '+OK\r\n')
        })
      })
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const account = { host: '127.0.0.1', port, user: 'box', password: 'secret', tls: 'required' as const }
    const trusting = { ...account, verifyCertificate: false }
    const client = await Pop3Client.connect(trusting, new AbortController().signal)
    expect(await client.ids()).toEqual(new Map([[1, 'abc']]))
    client.destroy()
    expect(heard).toEqual(['clear STLS', 'secret USER box', 'secret PASS secret', 'secret UIDL'])
    await expect(Pop3Client.connect(account, new AbortController().signal)).rejects.toThrow()
  })
})
