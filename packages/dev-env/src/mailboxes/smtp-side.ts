import { once } from 'node:events'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { domainOf } from './mail-keys.ts'

/** What came in over SMTP. `submittedBy`: the person who signed in, if anyone did. */
export type ArrivedMail = { raw: Buffer; from: string; to: string[]; submittedBy: string | undefined; helo: string }

export type SmtpSideOptions = {
  host: string
  port: number
  people: ReadonlySet<string>
  maxBytes: number
  /** The person whose name and password these are. */
  signIn(user: string, password: string): string | undefined
  /** Resolves when everything is durable: only then the peer is told 250. */
  take(mail: ArrivedMail): Promise<void>
}

export type SmtpSide = { port: number; close(): Promise<void> }

/** Takes mail for the people from anyone, and mail for the rest of the world from the people when they have signed in. */
export async function startSmtpSide(options: SmtpSideOptions): Promise<SmtpSide> {
  const domains = new Set([...options.people].map(domainOf))
  const server = new SMTPServer({
    name: 'mail.pocket.example',
    banner: 'Pocket mailboxes',
    size: options.maxBytes,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    maxClients: 100,
    socketTimeout: 5 * 60_000,
    closeTimeout: 2000,
    onAuth(auth, _session, done) {
      const person = options.signIn(auth.username ?? '', auth.password ?? '')
      if (person === undefined) return done(refusal(535, '5.7.8 No mailbox has this name and password'))
      done(null, { user: person })
    },
    onRcptTo({ address }, session, done) {
      const recipient = address.toLowerCase()
      if (session.envelope.rcptTo.length >= 100) return done(refusal(452, '4.5.3 At most 100 recipients'))
      if (options.people.has(recipient)) return done()
      if (domains.has(domainOf(recipient))) return done(refusal(550, '5.1.1 There is no mailbox of that name'))
      if (userOf(session) === undefined) {
        return done(
          refusal(530, '5.7.0 Sign in to send mail from here: name and password stand on the page of the demo'),
        )
      }
      done()
    },
    onData(stream, session, done) {
      read(stream).then(
        (raw) => {
          if (!raw) return done(refusal(552, `5.3.4 A mail may hold ${options.maxBytes} bytes at most`))
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          const to = [...new Set(rcptTo.map(({ address }) => address))]
          options.take({ raw, from, to, submittedBy: userOf(session), helo: session.hostNameAppearsAs }).then(
            () => done(null, '2.0.0 Kept'),
            () => done(refusal(451, '4.3.0 It could not be stored now, try again later')),
          )
        },
        () => done(refusal(451, '4.3.0 It could not be read, try again')),
      )
    },
  })
  // Broken connections are reported here as well; each ends only itself.
  const listening = once(server.listen(options.port, options.host), 'listening')
  const failed = new Promise<never>((_, reject) => server.once('error', reject))
  failed.catch(() => {})
  await Promise.race([listening, failed])
  server.on('error', () => {})
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('the SMTP server has no port')
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function userOf(session: SMTPServerSession): string | undefined {
  return typeof session.user === 'string' ? session.user : undefined
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

/** Undefined when it is larger than the server said it takes; the rest is read and forgotten. */
async function read(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (!stream.sizeExceeded && Buffer.isBuffer(chunk)) chunks.push(chunk)
  return stream.sizeExceeded ? undefined : Buffer.concat(chunks)
}
