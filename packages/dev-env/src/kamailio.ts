import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Daemon, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { kamailioConfig } from './kamailio-config.ts'
import { SipPhone, type SipPhoneOptions } from './sip-phone.ts'
import { tempFolder } from './temp-folder.ts'

export type KamailioOptions = {
  /** Its users: what comes before the @. */
  users: readonly string[]
  /** The domain of its users. Default `people.test`. */
  domain?: string
  /** Where Parley listens, and the domain that leads there. Default `chat.test`, by TCP. */
  ours: { port: number; domain?: string; transport?: 'udp' | 'tcp' }
}

export type Kamailio = {
  host: string
  port: number
  webSocketPort: number
  domain: string
  /** With what Parley proves itself. */
  ours: { domain: string; user: string; password: string }
  /** Where Parley sends everything, for `SipChannelOptions.proxy`. */
  proxyFor(transport: 'udp' | 'tcp'): string
  passwordOf(user: string): string
  /** A phone of one of its users, registered. */
  phone(user: string, options?: SipPhoneOptions): Promise<SipPhone>
  pid(): number
  isRunning(): boolean
  log(): string
  /** SIGKILL, as if the machine had dropped it. Who was registered is forgotten with it. */
  kill(): Promise<void>
  /** After `kill`: the same proxy again. */
  start(): Promise<void>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A private Kamailio on loopback: registrar and proxy of one domain, with a WebSocket, and Parley behind it. */
export async function startKamailio({ users, domain = 'people.test', ours }: KamailioOptions): Promise<Kamailio> {
  const folder = await tempFolder('kamailio')
  const host = '127.0.0.1'
  const passwords = new Map(users.map((user) => [user, randomBytes(9).toString('hex')]))
  const own = { domain: ours.domain ?? 'chat.test', user: 'parley', password: randomBytes(9).toString('hex') }
  const phones: SipPhone[] = []
  let daemon: Daemon | null = null
  try {
    const port = await freePort(host)
    const webSocketPort = await freePort(host)
    const config = join(folder.path, 'kamailio.cfg')
    await writeFile(
      config,
      kamailioConfig({
        host,
        port,
        webSocketPort,
        domain,
        passwords,
        ours: { ...own, port: ours.port, transport: ours.transport ?? 'tcp' },
      }),
    )
    const start = async () => {
      const started = startDaemon({
        name: 'Kamailio',
        command: '/usr/sbin/kamailio',
        args: ['-DD', '-E', '-f', config, '-w', folder.path, '-Y', folder.path, '-m', '64', '-M', '8'],
        folder: folder.path,
      })
      daemon = started
      try {
        for (const each of [port, webSocketPort]) await untilListening(started, { name: 'Kamailio', host, port: each })
      } catch (error) {
        await started.kill()
        throw error
      }
    }
    await start()
    const running = () => {
      if (!daemon) throw new Error('Kamailio was never started')
      return daemon
    }
    const passwordOf = (user: string) => {
      const password = passwords.get(user)
      if (!password) throw new Error(`${user} is no user here; there are: ${users.join(', ')}`)
      return password
    }
    const stop = async () => {
      for (const phone of phones) phone.close()
      await running().stop()
      await folder.remove()
    }
    return {
      host,
      port,
      webSocketPort,
      domain,
      ours: own,
      proxyFor: (transport) => `sip:${host}:${port}${transport === 'tcp' ? ';transport=tcp' : ''}`,
      passwordOf,
      async phone(user, options) {
        const phone = new SipPhone({ user, domain, password: passwordOf(user), proxy: { host, port } }, options)
        phones.push(phone)
        await phone.registers()
        return phone
      },
      pid: () => running().pid,
      isRunning: () => running().isRunning(),
      log: () => running().output(),
      kill: () => running().kill(),
      start,
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await folder.remove()
    throw error
  }
}
