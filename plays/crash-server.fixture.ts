import { createEmailChannel } from '@parley/channel-email'
import type { Channel, ChannelHost } from '@parley/channel-sdk'
import { attachWeb } from '@parley/channel-web'
import { type AttachWeb, openDatabase, startServer } from '@parley/server'

/**
 * The real server with the real mail channel in a process of its own, which kills itself at a named point. Points of the outbox are the
 * product's own; those around an acknowledgement lie where the channels hand over: everything that is acknowledged passes there.
 */
export type DiesAt =
  | 'before-attempt'
  | 'after-attempt'
  | 'after-peer'
  | 'after-outcome'
  /** Durable, and the window has not been told. */
  | 'before-said'
  /** Durable, and the mail's sender has not been told. */
  | 'after-receive'

export interface CrashServerOptions {
  connectionString: string
  secretHex: string
  httpPort: number
  smtpPort: number
  farPort: number
  /** Its clock is ahead by this much, so that what waits for its next attempt need not be waited for. */
  aheadMs: number
  /** Which time it passes there it dies. */
  dies: { at: DiesAt; time: number } | null
  /** The defect that the test must find: as if no attempt had been written down before the peer was spoken to. */
  forgetsAttempts: boolean
  /** Another process serves the same database. */
  shared: boolean
}

const options: CrashServerOptions = JSON.parse(process.argv[2] ?? '{}')
let passed = 0

function pass(point: DiesAt): void {
  if (options.dies?.at !== point) return
  passed += 1
  if (passed >= options.dies.time) process.kill(process.pid, 'SIGKILL')
}

if (options.forgetsAttempts) {
  const db = openDatabase({ connectionString: options.connectionString })
  await db.workerPool.query(`update delivery set state = 'queued', attempts = attempts - 1 where state = 'sending'`)
  await db.workerPool.query('delete from attempt where ended_at is null')
  await db.close()
}

const email = createEmailChannel({
  relayDomain: 'relay.test',
  publicName: 'Parley',
  smtpIn: { host: '127.0.0.1', port: options.smtpPort, maxBytes: 5_000_000, maxConnections: 100, maxRecipients: 100 },
  smtpOut: { host: '127.0.0.1', port: options.farPort, tls: 'never' },
  resolver: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
})
const channel: Channel = {
  name: email.name,
  medium: email.medium,
  abilities: email.abilities,
  repeatsUnknown: email.repeatsUnknown,
  start: (host: ChannelHost) =>
    email.start({
      ...host,
      async receive(inbound) {
        const receipt = await host.receive(inbound)
        pass('after-receive')
        return receipt
      },
    }),
  stop: () => email.stop(),
  send: (delivery) => email.send(delivery),
  health: () => email.health(),
}
const attachDying: AttachWeb = (server, host, web) =>
  attachWeb(
    server,
    {
      open: (hello, wire, about) =>
        host.open(
          hello,
          {
            send: (frame) => wire.send(frame),
            sendText(json) {
              if (json.startsWith('{"t":"said"')) pass('before-said')
              wire.sendText(json)
            },
            close: (code, reason) => wire.close(code, reason),
          },
          about,
        ),
    },
    web,
  )

const generous = { visitor: 1e6, address: 1e6, network: 1e6, site: 1e6 }
const complain = (facts: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(facts)}\n`)
const running = await startServer({
  connection: { connectionString: options.connectionString },
  channels: [channel],
  attachWeb: attachDying,
  folders: { widget: '/nonexistent', panel: '/nonexistent' },
  log: { info: () => {}, warn: complain, error: complain },
  clock: { now: () => new Date(Date.now() + options.aheadMs) },
  outboxPoint: pass,
  settings: {
    host: '127.0.0.1',
    port: options.httpPort,
    publicUrl: null,
    trustProxy: [],
    mailDomain: 'relay.test',
    secret: Buffer.from(options.secretHex, 'hex'),
    shared: options.shared,
    quotas: {
      messages: generous,
      conversations: generous,
      uploads: generous,
      codes: generous,
      links: generous,
      programs: generous,
    },
    windowPatienceMs: 3_600_000,
    limits: {
      bodyBytes: 65_536,
      attachmentBytes: 1_000_000,
      mailBytes: 5_000_000,
      connectionsPerAddress: 1_000,
      connections: 1_000,
      heldPerAccount: 1_000,
      heldDays: 30,
    },
  },
})
process.stdout.write('ready\n')
process.once('SIGTERM', () => void running.stop())
