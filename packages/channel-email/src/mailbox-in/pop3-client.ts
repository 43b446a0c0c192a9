import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { MailboxAccount } from './watch-mailbox.ts'

class Pop3SignInError extends Error {
  override readonly name = 'Pop3SignInError'
}

class Pop3Refusal extends Error {
  override readonly name = 'Pop3Refusal'
}

/** A POP3 session (RFC 1939, STLS of RFC 2595): the six commands that fetching needs, and the bytes of a mail as they are. */
export class Pop3Client {
  #socket: Socket
  readonly #arrived: Buffer[] = []
  #ended: Error | null = null
  #wake: () => void = () => undefined
  readonly #longest: number

  private constructor(socket: Socket, longest: number) {
    this.#socket = socket
    this.#longest = longest
    this.#listenTo(socket)
  }

  static async connect(account: MailboxAccount, isStopping: AbortSignal): Promise<Pop3Client> {
    isStopping.throwIfAborted()
    const tls = {
      servername: isIP(account.host) ? '' : account.host,
      rejectUnauthorized: account.verifyCertificate ?? true,
    }
    const plain = account.tls === 'always' ? null : connectTcp({ host: account.host, port: account.port })
    const socket = plain ?? connectTls({ ...tls, port: account.port })
    // What is taken is limited by its announced size; a server that lies is cut off a little later.
    const client = new Pop3Client(socket, (account.maxBytes ?? 36_000_000) + 1_000_000)
    try {
      await once(socket, plain ? 'connect' : 'secureConnect', { signal: isStopping })
      await client.#answer()
      if (plain && account.tls === 'required') {
        await client.#command('STLS')
        await client.#upgrade(plain, tls)
      }
      await client.#command(`USER ${oneLine(account.user)}`)
      await client.#command(`PASS ${oneLine(account.password)}`).catch((cause: unknown) => {
        if (cause instanceof Pop3Refusal) throw new Pop3SignInError('the mailbox refused the sign-in', { cause })
        throw cause
      })
      return client
    } catch (error) {
      client.#socket.destroy()
      throw error
    }
  }

  /** Message numbers of this session and their lasting ids. */
  async ids(): Promise<Map<number, string>> {
    await this.#command('UIDL')
    return new Map(pairsIn(await this.#multiline()))
  }

  async sizes(): Promise<Map<number, number>> {
    await this.#command('LIST')
    return new Map(pairsIn(await this.#multiline()).map(([number, size]) => [number, Number(size)]))
  }

  async retrieve(number: number): Promise<Uint8Array> {
    await this.#command(`RETR ${number}`)
    return this.#multiline()
  }

  async delete(number: number): Promise<void> {
    await this.#command(`DELE ${number}`)
  }

  /** Makes deletions count and ends the session. On a broken connection it only ends. */
  async quit(): Promise<void> {
    await this.#command('QUIT').catch(() => undefined)
    this.#socket.destroy()
  }

  /** Ends the session as a broken line would: nothing counts as deleted. */
  destroy(): void {
    this.#socket.destroy()
  }

  async #upgrade(plain: Socket, tls: ConnectionOptions): Promise<void> {
    plain.removeAllListeners('data')
    // Bytes sent before the handshake are nobody's: they must not count as answers inside it.
    this.#arrived.length = 0
    const secure = connectTls({ ...tls, socket: plain })
    await once(secure, 'secureConnect')
    this.#socket = secure
    this.#listenTo(secure)
  }

  async #command(line: string): Promise<void> {
    this.#socket.write(`${line}\r\n`)
    await this.#answer()
  }

  async #answer(): Promise<void> {
    const line = await this.#upTo('\r\n', 1_000)
    if (!line.toString('latin1').startsWith('+OK')) throw new Pop3Refusal('the POP3 server refused a command')
  }

  async #multiline(): Promise<Buffer> {
    // The end may come at once, and a mail's own line of one dot comes doubled (RFC 1939 §3).
    const body = await this.#upTo('\r\n.\r\n', this.#longest, { before: '\r\n', keep: 2 })
    return unstuffed(body)
  }

  /**
   * Everything before `mark`, which is taken off too but for its first `keep` bytes. `before` counts as standing in front of the first
   * byte. The searched part stays short: a large mail comes in thousands of pieces.
   */
  async #upTo(mark: string, longest: number, { before = '', keep = 0 } = {}): Promise<Buffer> {
    const gathered = [Buffer.from(before), ...this.#arrived.splice(0)]
    let searched = Buffer.concat(gathered)
    let length = searched.length
    for (;;) {
      const at = searched.indexOf(mark)
      if (at >= 0) {
        const all = Buffer.concat(gathered)
        const end = length - searched.length + at
        this.#arrived.unshift(all.subarray(end + mark.length))
        return all.subarray(before.length, Math.max(before.length, end + keep))
      }
      if (length > longest) throw new Error('the POP3 server sends more than it announced')
      const more = await this.#more()
      gathered.push(more)
      length += more.length
      searched = Buffer.concat([searched.subarray(Math.max(0, searched.length - mark.length + 1)), more])
    }
  }

  async #more(): Promise<Buffer> {
    for (;;) {
      const next = this.#arrived.shift()
      if (next && next.length > 0) return next
      if (next) continue
      if (this.#ended) throw this.#ended
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #listenTo(socket: Socket): void {
    socket.setTimeout(60_000, () => socket.destroy(new Error('the POP3 server is silent')))
    socket.on('data', (chunk: Buffer) => {
      this.#arrived.push(chunk)
      this.#wake()
    })
    const end = (error?: Error) => {
      this.#ended ??= error ?? new Error('the POP3 server ended the connection')
      this.#wake()
    }
    socket.on('error', end)
    socket.on('close', () => end())
  }
}

function pairsIn(listing: Buffer): [number, string][] {
  return listing
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.split(' '))
    .filter(([number]) => /^\d+$/.test(number ?? ''))
    .map(([number, value]) => [Number(number), value ?? ''])
}

function unstuffed(body: Buffer): Buffer {
  if (!body.includes('\r\n..') && !body.subarray(0, 2).equals(Buffer.from('..'))) return body
  return Buffer.from(body.toString('latin1').replace(/(^|\r\n)\.\./g, '$1.'), 'latin1')
}

function oneLine(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new Error('a mailbox sign-in cannot contain a line break')
  return value
}
