import { Readable } from 'node:stream'
import type { Outcome } from '@parley/channel-sdk'
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import type { ComposedMail } from '../compose/compose-mail.ts'
import { outcomeOf, type SendFailure } from './outcome-of.ts'
import { failureOf, type PooledConnection, type SmtpOutOptions, SmtpPool } from './smtp-pool.ts'

export interface SmtpOut {
  send(mail: ComposedMail): Promise<Outcome>
  /** Can the relay be reached and signed in to, now? Null when it can. */
  probe(): Promise<string | null>
  close(): void
}

/** Hands mails to one relay and says what became of each. `onStanding` hears after every contact whether the relay works (null) or why not. */
export function smtpOut(
  options: SmtpOutOptions,
  ourName: string,
  onStanding: (trouble: string | null) => void,
): SmtpOut {
  const pool = new SmtpPool(options, ourName)

  const attempt = async (mail: ComposedMail, fresh: boolean): Promise<Outcome> => {
    const acquired = await pool.acquire({ fresh })
    if (!acquired.ok) {
      onStanding(troubleOf(acquired.failure))
      return outcomeOf(acquired.failure)
    }
    const { connection } = acquired
    const sent = await handOver(connection, mail)
    if (sent.ok) {
      pool.release(connection)
      onStanding(null)
      return { status: 'sent', providerIds: [sent.queueId] }
    }
    pool.drop(connection)
    const { failure } = sent
    // A kept connection that the peer dropped meanwhile says nothing about the mail, as long as none of it was given.
    if (connection.isReused && failure.reply === null && (failure.at === 'sender' || failure.at === 'data'))
      return attempt(mail, true)
    onStanding(failure.reply === null && failure.at !== 'body' ? failure.reason : null)
    return outcomeOf(failure)
  }

  return {
    send: (mail) => attempt(mail, false),
    async probe() {
      const acquired = await pool.acquire({ fresh: true })
      const trouble = acquired.ok ? null : troubleOf(acquired.failure)
      if (acquired.ok) pool.release(acquired.connection)
      onStanding(trouble)
      return trouble
    },
    close: () => pool.close(),
  }
}

function troubleOf({ reason, reply }: SendFailure): string {
  return reply ? `${reason}: ${reply.code}` : reason
}

type HandedOver = { ok: true; queueId: string } | { ok: false; failure: SendFailure }

async function handOver({ smtp }: PooledConnection, mail: ComposedMail): Promise<HandedOver> {
  const progress = { begun: false, ended: false }
  // `ended` is set before the library can see the end, so before it writes the final dot: never a dot that we think unsent.
  async function* bytes() {
    progress.begun = true
    yield* mail.open()
    progress.ended = true
  }
  const message = Readable.from(bytes(), { objectMode: false })
  const envelope = {
    from: mail.from,
    to: mail.to,
    size: mail.size,
    dsn: { ret: 'HDRS', envid: mail.reference, notify: ['FAILURE'] },
  }
  try {
    const info = await new Promise<SMTPConnectionSendInfo>((resolve, reject) => {
      smtp.send(envelope, message, (error, info) => (error || !info ? reject(error) : resolve(info)))
    })
    return { ok: true, queueId: queueIdIn(info.response) }
  } catch (error) {
    message.destroy()
    return { ok: false, failure: locate(error, progress) }
  }
}

function locate(error: unknown, { begun, ended }: { begun: boolean; ended: boolean }): SendFailure {
  const command = error instanceof Error && 'command' in error ? String(error.command) : ''
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (ended) return failureOf(error, 'after-dot')
  if (code === 'ESTREAM')
    return {
      at: 'body',
      reply: null,
      reason: 'the mail could not be put together: an attachment is missing or damaged',
    }
  const at = begun ? 'body' : command === 'RCPT TO' ? 'recipient' : command === 'DATA' ? 'data' : 'sender'
  const failure = failureOf(error, at)
  if (failure.reply !== null || begun) return failure
  // Known before a byte is given: the peer announced a limit (RFC 1870) that this mail exceeds.
  if (code === 'EMESSAGE')
    return {
      at,
      reply: { code: 552, text: '5.3.4 the mail server takes no mail of this size' },
      reason: failure.reason,
    }
  return failure
}

// What the peer calls the mail, for an operator who asks its postmaster. Nothing depends on it.
function queueIdIn(response: string): string {
  return /\bqueued as ([\w.-]{1,64})/i.exec(response)?.[1] ?? ''
}
