import { connect } from 'node:net'
import type { OutboundDelivery } from '@parley/channel-sdk'
import { RecordingHost, type Told } from '@parley/channel-sdk/conformance'
import { createEmailChannel, type EmailChannel, type EmailChannelOptions } from './email-channel.ts'
import { FarEnd } from './send/far-end.fixture.ts'

export const RELAY_DOMAIN = 'relay.garden.example'
export const TOKEN = 'k5x2mq7vb3ndtz4wj6ayrc2e'
export const OUR_ADDRESS = `${TOKEN}@${RELAY_DOMAIN}`

/** A mail channel on loopback between a far end that takes its mail and whoever connects to it. */
export interface EmailRig {
  channel: EmailChannel
  host: RecordingHost
  farEnd: FarEnd
  /** Speaks SMTP to the channel: each step is written when the answer to the one before has come. Resolves with all answers. */
  speaks(steps: (string | Buffer)[]): Promise<string[]>
  dispose(): Promise<void>
}

export async function emailRig(options: Partial<EmailChannelOptions> = {}): Promise<EmailRig> {
  const farEnd = await new FarEnd().listen()
  const host = new RecordingHost().uses(OUR_ADDRESS)
  const channel = createEmailChannel({
    relayDomain: RELAY_DOMAIN,
    publicName: 'Garden shop',
    smtpIn: { host: '127.0.0.1', port: 0, maxBytes: 5_000_000, maxConnections: 20, maxRecipients: 100 },
    smtpOut: { host: '127.0.0.1', port: farEnd.port, tls: 'never', connectTimeoutMs: 3_000 },
    resolver: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
    ...options,
  })
  return {
    channel,
    host,
    farEnd,
    speaks: (steps) => speak(channel.smtpPort ?? 0, steps),
    async dispose() {
      await farEnd.close()
      for (const { raw } of farEnd.mails) holdsOnlyWhatWasGiven(raw)
    },
  }
}

export function aDelivery(changes: Partial<OutboundDelivery> = {}): OutboundDelivery {
  return {
    reference: 'r7f3a9c2e41b',
    to: 'bo@people.example',
    relay: { token: TOKEN, alias: 'Blue Heron' },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text: 'Are you open on Sunday?', at: null }] },
    attachments: [],
    thread: { subject: 'A question from the shop', references: [] },
    maybeTwice: false,
    ...changes,
  }
}

/** A mail as a person's program writes it. */
export function aMail(changes: { text?: string; headers?: string[]; to?: string; id?: string } = {}): string {
  const { text = 'Yes, from ten to four.', headers = [], to = OUR_ADDRESS, id = 'one@people.example' } = changes
  return [
    'From: Bo <bo@people.example>',
    `To: ${to}`,
    `Message-ID: <${id}>`,
    'Subject: Re: A question from the shop',
    'Date: Sun, 22 Nov 2026 10:00:00 +0000',
    ...headers,
    '',
    text,
    '',
  ].join('\r\n')
}

/** The steps that hand a mail over. */
export function handing(
  mail: string | Buffer,
  to: string[] = [OUR_ADDRESS],
  from = 'bo@people.example',
): (string | Buffer)[] {
  const body = Buffer.concat([Buffer.from(mail), Buffer.from('.\r\n')])
  return [
    'EHLO people.example\r\n',
    `MAIL FROM:<${from}>\r\n`,
    ...to.map((address) => `RCPT TO:<${address}>\r\n`),
    'DATA\r\n',
    body,
    'QUIT\r\n',
  ]
}

/** What the peer was told about a mail, from its whole conversation. */
export function toldBy(answers: string[]): Told {
  if (answers.some((answer) => answer.startsWith('250 2.6.0'))) return 'taken'
  return answers.some((answer) => answer.startsWith('5')) ? 'refused' : 'try-again'
}

// A header that is not in this list comes from somewhere else than a delivery: it may name somebody.
const headersOfOurs = new Set(
  `from to reply-to subject message-id date in-reply-to references mime-version content-type content-transfer-encoding content-language
  auto-submitted x-auto-response-suppress x-parley-loop x-parley-maybe-repeated list-unsubscribe dkim-signature`.split(
    /\s+/,
  ),
)

/** Law 6 on the bytes of every mail that any test sends: no header but ours, and no address but the reader's and our own. */
function holdsOnlyWhatWasGiven(raw: string): void {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  for (const [, name] of head.matchAll(/^([^\s:]+):/gm)) {
    if (name && !headersOfOurs.has(name.toLowerCase())) throw new Error(`an outgoing mail has a header ${name}`)
  }
  const plain = raw.replace(/=\r\n/g, '')
  for (const [address] of plain.matchAll(/[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}/gi)) {
    if (!address.endsWith('@people.example') && !address.endsWith(`@${RELAY_DOMAIN}`))
      throw new Error(`an outgoing mail holds ${address}`)
  }
}

function speak(port: number, steps: (string | Buffer)[]): Promise<string[]> {
  return new Promise((resolve) => {
    const answers: string[] = []
    const left = [...steps]
    let heard = ''
    const socket = connect({ host: '127.0.0.1', port })
    socket.setTimeout(30_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      for (let end = heard.search(/^\d{3} .*\r\n/m); end >= 0; end = heard.search(/^\d{3} .*\r\n/m)) {
        const after = heard.indexOf('\r\n', end) + 2
        answers.push(heard.slice(0, after).trim())
        heard = heard.slice(after)
        const next = left.shift()
        if (next !== undefined) socket.write(next)
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answers))
  })
}
