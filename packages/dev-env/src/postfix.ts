import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Daemon, SYSTEM_PATH, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { DAEMONS, layOut, mainCf, masterCf, type Paths, writeConfig, writeRoutes } from './postfix-config.ts'
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
    const isReady = () => {
      if (!daemon.isRunning()) throw new Error(`Postfix ended while starting: ${log()}${daemon.output()}`)
      return log().includes('daemon started')
    }
    await waitFor('Postfix to be ready', isReady, { everyMs: 5, instead: log })
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
