import { SMTPServer, type SMTPServerSession } from 'smtp-server'

export interface ArrivedMail {
  from: string
  to: string[]
  raw: string
}

type Answer = { code: number; text: string } | 'cut' | null

/** A mail server in this process that answers what a test tells it to. */
export class FarEnd {
  readonly mails: ArrivedMail[] = []
  /** Lines of the conversation that the test asks about. */
  connections = 0
  port = 0
  onRecipient: (address: string) => Answer = () => null
  /** `cut` breaks the line after the final dot and before the answer; the mail has been kept by then. */
  onMail: (mail: ArrivedMail) => Answer = () => null
  /** Breaks the line after so many bytes of the body. */
  cutsAfterBytes = Number.POSITIVE_INFINITY
  signIn: { user: string; password: string } | null = null
  sizeLimit = 0
  #server: SMTPServer | null = null

  async listen(port = this.port): Promise<this> {
    const server = new SMTPServer({
      authOptional: this.signIn === null,
      disabledCommands: this.signIn === null ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      hideENHANCEDSTATUSCODES: true,
      logger: false,
      size: this.sizeLimit,
      onAuth: ({ username, password }, _session, callback) => {
        if (username === this.signIn?.user && password === this.signIn?.password)
          return callback(null, { user: username })
        callback(Object.assign(new Error('5.7.8 Bad credentials'), { responseCode: 535 }))
      },
      onConnect: (_session, callback) => {
        this.connections += 1
        callback()
      },
      onRcptTo: ({ address }, session, callback) => this.#answer(this.onRecipient(address), session, callback),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = []
        let length = 0
        stream.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          length += chunk.length
          if (length >= this.cutsAfterBytes) this.#cut(session)
        })
        stream.on('error', () => undefined)
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          const mail = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('latin1'),
          }
          const answer = this.onMail(mail)
          if (answer === null || answer === 'cut') this.mails.push(mail)
          this.#answer(answer, session, callback)
        })
      },
    })
    server.on('error', () => undefined)
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address = server.server.address()
        if (typeof address === 'object' && address) this.port = address.port
        resolve()
      })
    })
    return this
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server) return
    for (const session of server.connections) destroy(session)
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  #answer(answer: Answer, session: SMTPServerSession, callback: (error?: Error | null) => void): void {
    if (answer === 'cut') this.#cut(session)
    else callback(answer && Object.assign(new Error(answer.text), { responseCode: answer.code }))
  }

  #cut(session: SMTPServerSession): void {
    for (const connection of this.#server?.connections ?? []) if (connection.id === session.id) destroy(connection)
  }
}

// The library offers only a polite end; a cable that is pulled out is not polite.
function destroy(connection: object): void {
  const socket: unknown = Reflect.get(connection, '_socket')
  if (typeof socket === 'object' && socket && 'destroy' in socket && typeof socket.destroy === 'function')
    socket.destroy()
}
