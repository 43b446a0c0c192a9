import path from 'node:path'
import process from 'node:process'
import { attachWeb } from '@parley/channel-web'
import { type RunningServer, readConfig, startServer } from '@parley/server'
import { pino } from 'pino'
import { firstLinks } from './first-links.ts'
import { mailChannel } from './mail-channel.ts'
import { cloneFolder, openSecret, openStorage } from './open-storage.ts'
import { pushChannel } from './push-channel.ts'
import { releaseMemory } from './release-memory.ts'
import { giveUp, say } from './say.ts'
import { settingsFrom } from './settings.ts'
import { sipChannel } from './sip-channel.ts'
import { smsChannel } from './sms-channel.ts'
import { webhookChannel } from './webhook-channel.ts'
import { xmppChannel } from './xmpp-channel.ts'

/** Starts everything and prints where to look; stops it all on SIGINT or SIGTERM. */
export async function start(): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) giveUp(`these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`)
  const { config } = read
  const log = pino({ level: config.log.level, base: null }, pino.destination({ dest: 2, sync: false }))
  const storage = await openStorage(config, (reason) => giveUp(`the embedded PostgreSQL ended: ${reason}`))
  const secret = openSecret(storage.dataFolder)
  const stops: (() => Promise<unknown>)[] = [() => storage.stop()]
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop()
    stops.length = 0
  }
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1)
      isStopping = true
      say('\nStopping …')
      stopAll().then(
        () => process.exit(0),
        (error: unknown) => giveUp(`did not stop cleanly: ${String(error)}`),
      )
    })
  }

  try {
    const demo = config.demo ? await import('./demo.ts') : null
    const mailboxes = demo ? await demo.openMailboxes(config, storage.dataFolder) : null
    if (mailboxes) stops.push(() => mailboxes.stop())
    const phones = demo ? await demo.openDemoPhones(config) : null
    if (phones) stops.push(() => phones.stop())
    const chats = demo ? await demo.openDemoMessengers(config) : null
    if (chats?.messengers) stops.push(chats.stop)
    const channel = mailChannel(
      config,
      'Parley',
      mailboxes && !config.mail.smtpOut.url ? demo?.mailThrough(mailboxes) : undefined,
    )
    const server = await startServer({
      connection: storage.connection,
      databaseConnections: config.data.connections,
      settings: settingsFrom(config, secret, storage.dataFolder),
      channels: [
        channel,
        sipChannel(config),
        phones?.channel ?? smsChannel(config),
        chats?.messengers ? chats.channel : xmppChannel(config, 'Parley'),
        pushChannel(config, secret),
        webhookChannel(config, secret),
      ].filter((one) => one !== null),
      attachWeb,
      folders: {
        widget: path.join(cloneFolder, 'apps/widget/dist'),
        panel: path.join(cloneFolder, 'apps/panel/dist'),
      },
      log,
    })
    stops.push(() => server.stop())
    if (demo && mailboxes) {
      mailboxes.relayTo(channel?.smtpPort ? { host: '127.0.0.1', port: channel.smtpPort } : null)
      const shown = await demo.openDemo(server, config, mailboxes, phones, chats)
      stops.push(() => shown.close())
      for (const line of shown.lines) say(line)
    } else await sayWhereToLook(server)
    releaseMemory()
  } catch (error) {
    await stopAll().catch(() => {})
    giveUp(explain(error, config.web.port))
  }
}

async function sayWhereToLook(server: RunningServer): Promise<void> {
  say(`\nParley is running.\n\n  The desk   ${server.url}/desk/`)
  const links = await firstLinks(server)
  for (const { name, link } of links)
    say(`  ${name} signs in for the first time at ${link}   (works once, for 15 minutes)`)
  const accounts = await server.db.workers.selectFrom('account').select('account_id').limit(1).execute()
  if (accounts.length === 0) say('\nThere is no account yet: stop Parley and make one with "npx parley account".')
  say('\nStop it with Ctrl-C; the data stays.\n')
}

function explain(error: unknown, port: number): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
    const taken = 'port' in cause ? String(cause.port) : String(port)
    return `Port ${taken} is in use by another program. Stop it, or choose other ports with PARLEY_PORT (pages; the demo takes the ports 1 and 6 to 11 above it too) or PARLEY_SMTP_IN_PORT (mail).`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
