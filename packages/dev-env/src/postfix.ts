import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chown, mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Daemon, SYSTEM_PATH, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { groupId, userIds } from './system-user.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type Endpoint = { host: string; port: number }

export type PostfixOptions = {
  /** Domains handed on by SMTP: our relay domains, to the server under test. It need not be running yet: mail waits. */
  relay?: Record<string, Endpoint>
  /** Domains handed on by LMTP: people's domains, to Dovecot. A person unknown there makes a real bounce. */
  mailboxes?: Record<string, Endpoint>
  /** Addresses refused with 550 while the sender is still connected, instead of by a later bounce. */
  refusedAtOnce?: readonly string[]
  /** Largest mail taken, in bytes. Postfix's own default is 10,240,000. */
  messageSizeLimit?: number
  /** The loopback address it speaks from, so that SPF can tell it from a forger. Default 127.0.0.1. */
  speaksFrom?: string
  hostname?: string
  /** Further lines of main.cf. */
  settings?: Record<string, string>
}

export type Postfix = {
  host: string
  port: number
  pid: number
  /** Adds or moves relay domains, and returns when the next mail will follow. */
  routeTo(relay: Record<string, Endpoint>): Promise<void>
  /** Tries everything deferred again now. */
  flushQueue(): Promise<void>
  queue(): Promise<QueuedMail[]>
  /** Its log file: addresses included, so never to be mixed with a log of ours. */
  log(): string
  isRunning(): boolean
  stop(): Promise<void>
  kill(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export type QueuedMail = {
  id: string
  queue: string
  sender: string
  recipients: { address: string; delayReason?: string }[]
}

const DAEMONS = '/usr/lib/postfix/sbin'

/**
 * A private Postfix on loopback: own configuration, queue and log in a temporary folder, own port. It must be started
 * as root (Postfix gives it up itself) and touches nothing of the machine's own Postfix.
 */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
  const folder = await tempFolder('postfix')
  const host = '127.0.0.1'
  let relay = { ...options.relay }
  try {
    const port = await freePort(host)
    const paths = await layOut(folder.path)
    await writeConfig(join(paths.config, 'main.cf'), mainCf(paths, options))
    await writeConfig(join(paths.config, 'master.cf'), masterCf(host, port))
    await writeRoutes(paths.config, relay, options)
    const refused = (options.refusedAtOnce ?? []).map((address) => `${address} 550 5.1.1 No such user here\n`)
    await writeConfig(join(paths.config, 'refused'), refused.join(''))

    const daemon = await startMaster(paths, folder.path, host, port)
    const log = () => (existsSync(paths.log) ? readFileSync(paths.log, 'utf8') : '')
    const dispose = async () => {
      await daemon.stop()
      await folder.remove()
    }
    return {
      host,
      port,
      pid: daemon.pid,
      async routeTo(more) {
        relay = { ...relay, ...more }
        await writeRoutes(paths.config, relay, options)
        await reload(daemon, log)
      },
      flushQueue: async () => {
        await run('postqueue', ['-c', paths.config, '-f'])
      },
      queue: async () => parseQueue(await run('postqueue', ['-c', paths.config, '-j'])),
      log,
      isRunning: daemon.isRunning,
      stop: dispose,
      async kill() {
        await daemon.kill()
        await folder.remove()
      },
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

type Paths = { config: string; queue: string; data: string; log: string }

/** What `postfix check` would make in a second and a half of shell, made here in a few milliseconds. */
async function layOut(root: string): Promise<Paths> {
  const paths = {
    config: join(root, 'config'),
    queue: join(root, 'queue'),
    data: join(root, 'data'),
    log: join(root, 'maillog'),
  }
  const owner = userIds('postfix').uid
  const postdrop = groupId('postdrop')
  for (const path of [paths.config, paths.queue, paths.data]) await mkdir(path)
  await chown(paths.data, owner, 0)
  await mkdir(join(paths.queue, 'pid'))
  const own = [
    'active',
    'bounce',
    'corrupt',
    'defer',
    'deferred',
    'flush',
    'hold',
    'incoming',
    'private',
    'saved',
    'trace',
  ]
  for (const name of own) {
    await mkdir(join(paths.queue, name), { mode: 0o700 })
    await chown(join(paths.queue, name), owner, 0)
  }
  await mkdir(join(paths.queue, 'public'), { mode: 0o710 })
  await chown(join(paths.queue, 'public'), owner, postdrop)
  await mkdir(join(paths.queue, 'maildrop'), { mode: 0o730 })
  await chown(join(paths.queue, 'maildrop'), owner, postdrop)
  return paths
}

function mainCf({ config, queue, data, log }: Paths, options: PostfixOptions): string {
  const settings: Record<string, string> = {
    compatibility_level: '3.6',
    config_directory: config,
    queue_directory: queue,
    data_directory: data,
    daemon_directory: DAEMONS,
    command_directory: '/usr/sbin',
    shlib_directory: '/usr/lib/postfix',
    meta_directory: '/etc/postfix',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: log,
    maillog_file_prefixes: queue.slice(0, queue.lastIndexOf('/')),
    myhostname: options.hostname ?? 'mta.parley.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_protocols: 'ipv4',
    inet_interfaces: 'all',
    smtp_bind_address: options.speaksFrom ?? '127.0.0.1',
    disable_dns_lookups: 'yes',
    alias_maps: '',
    local_recipient_maps: '',
    local_transport: 'error:no local mailboxes here',
    default_transport: 'error:5.4.4 no such domain on this network',
    relay_domains: `texthash:${config}/transport`,
    transport_maps: `texthash:${config}/transport`,
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtpd_recipient_restrictions: `check_recipient_access texthash:${config}/refused, permit_mynetworks, reject`,
    smtpd_peername_lookup: 'no',
    smtputf8_enable: 'yes',
    smtp_tls_security_level: 'none',
    smtpd_tls_security_level: 'none',
    message_size_limit: String(options.messageSizeLimit ?? 10_240_000),
    mailbox_size_limit: '0',
    // A test must not wait for a mail server's patience: it looks at its queue every second, and tries again after one.
    queue_run_delay: '1s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '2s',
    smtp_destination_concurrency_failed_cohort_limit: '0',
    lmtp_destination_recipient_limit: '1',
    smtp_connect_timeout: '3s',
    smtpd_client_connection_count_limit: '0',
    smtpd_client_connection_rate_limit: '0',
    smtpd_error_sleep_time: '0',
    in_flow_delay: '0',
    ...options.settings,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

function masterCf(host: string, port: number): string {
  const services = [
    `${host}:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    // D: Delivered-To with the address as it was sent to, token and all, which the mailbox would not tell.
    'lmtp unix - - n - - lmtp flags=D',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ]
  return `${services.join('\n')}\n`
}

async function writeRoutes(
  config: string,
  relay: Record<string, Endpoint>,
  { mailboxes }: PostfixOptions,
): Promise<void> {
  const line =
    (kind: string) =>
    ([domain, to]: [string, Endpoint]) =>
      `${domain} ${kind}:inet:[${to.host}]:${to.port}\n`
  const smtp = Object.entries(relay).map(([domain, to]) => `${domain} smtp:[${to.host}]:${to.port}\n`)
  await writeConfig(join(config, 'transport'), [...smtp, ...Object.entries(mailboxes ?? {}).map(line('lmtp'))].join(''))
}

// Postfix waits two seconds before it reads a file that has just been written (it may be half written): ours look old.
async function writeConfig(file: string, text: string): Promise<void> {
  await writeFile(file, text)
  await utimes(file, LONG_AGO, LONG_AGO)
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z')

async function startMaster(paths: Paths, folder: string, host: string, port: number): Promise<Daemon> {
  const daemon = startDaemon({
    name: 'Postfix',
    command: join(DAEMONS, 'master'),
    // -d: stay in the foreground, in the process group that we made for it.
    args: ['-c', paths.config, '-d'],
    env: { MAIL_CONFIG: paths.config },
    folder,
  })
  try {
    const log = () => (existsSync(paths.log) ? readFileSync(paths.log, 'utf8') : '')
    await untilListening(daemon, { name: 'Postfix', host, port, log })
    // It listens before it minds its signals: a SIGHUP in between would end it.
    await waitFor('Postfix to be ready', () => log().includes('daemon started'), { everyMs: 5, instead: log })
  } catch (error) {
    await daemon.kill()
    throw error
  }
  return daemon
}

async function reload(daemon: Daemon, log: () => string): Promise<void> {
  const reloads = () => log().split('reload -- version').length
  const before = reloads()
  daemon.signal('SIGHUP')
  const isReloaded = () => {
    if (!daemon.isRunning()) throw new Error(`Postfix ended: ${log()}${daemon.output()}`)
    return reloads() > before
  }
  await waitFor('Postfix to read its routes again', isReloaded, { instead: log })
}

async function run(command: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(`/usr/sbin/${command}`, args, { env: { PATH: SYSTEM_PATH } })
  return stdout
}

function parseQueue(jsonLines: string): QueuedMail[] {
  return jsonLines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const mail: {
        queue_id: string
        queue_name: string
        sender: string
        recipients: { address: string; delay_reason?: string }[]
      } = JSON.parse(line)
      return {
        id: mail.queue_id,
        queue: mail.queue_name,
        sender: mail.sender,
        recipients: mail.recipients.map(({ address, delay_reason }) => ({
          address,
          ...(delay_reason === undefined ? {} : { delayReason: delay_reason }),
        })),
      }
    })
}
