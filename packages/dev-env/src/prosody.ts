import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { certificate } from './certificate.ts'
import { type Daemon, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { tempFolder } from './temp-folder.ts'

export type ProsodyOptions = {
  /** The domain of its users. Default `people.test`. */
  domain?: string
  /** Its users. They are what comes before the @. */
  users: readonly string[]
  /** A domain that a program of ours serves (XEP-0114). Default `chat.test`. */
  component?: string
  /** Its ports, where they have to be known before. */
  ports?: { clients: number; components: number; http: number }
  /** A folder of one's own, kept at the end. */
  folder?: string
}

export type Prosody = {
  host: string
  domain: string
  /** For users' programs; STARTTLS with a certificate that nobody vouches for. */
  clientPort: number
  component: { domain: string; host: string; port: number; secret: string }
  passwordOf(user: string): string
  /** From now on there is no such user. */
  forget(user: string): Promise<void>
  pid(): number
  isRunning(): boolean
  log(): string
  /** SIGKILL, as if the machine had dropped it; its ports and data stay for `start`. */
  kill(): Promise<void>
  /** After `kill`: the same server again. */
  start(): Promise<void>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A private Prosody on loopback: users of one domain, one component, and an upload service at `upload.` of that domain. It reaches no other server. */
export async function startProsody(options: ProsodyOptions): Promise<Prosody> {
  const { domain = 'people.test', users, component = 'chat.test' } = options
  const folder = await tempFolder('prosody')
  const host = '127.0.0.1'
  const secret = randomBytes(16).toString('hex')
  const passwords = new Map(users.map((user) => [user, randomBytes(9).toString('hex')]))
  try {
    const ports = options.ports ?? {
      clients: await freePort(host),
      components: await freePort(host),
      http: await freePort(host),
    }
    const root = options.folder ?? folder.path
    const accounts = join(root, 'data', storedName(domain), 'accounts')
    await mkdir(accounts, { recursive: true })
    for (const [user, password] of passwords) {
      await writeFile(join(accounts, `${storedName(user)}.dat`), `return { ["password"] = "${password}"; };\n`)
    }
    const { key, cert } = certificate()
    await writeFile(join(root, 'key.pem'), key)
    await writeFile(join(root, 'cert.pem'), cert)
    const config = join(root, 'prosody.cfg.lua')
    await writeFile(config, configuration({ root, host, ports, domain, component, secret }))

    let daemon: Daemon | null = null
    const start = async () => {
      const started = startDaemon({
        name: 'Prosody',
        command: '/usr/bin/prosody',
        args: ['-F', '--config', config],
        folder: folder.path,
      })
      daemon = started
      try {
        for (const port of Object.values(ports)) await untilListening(started, { name: 'Prosody', host, port })
      } catch (error) {
        await started.kill()
        throw error
      }
    }
    await start()
    const running = () => {
      if (!daemon) throw new Error('Prosody was never started')
      return daemon
    }
    const stop = async () => {
      await running().stop()
      await folder.remove()
    }
    return {
      host,
      domain,
      clientPort: ports.clients,
      component: { domain: component, host, port: ports.components, secret },
      passwordOf(user) {
        const password = passwords.get(user)
        if (!password) throw new Error(`${user} is no user here; there are: ${users.join(', ')}`)
        return password
      },
      forget: (user) => rm(join(accounts, `${storedName(user)}.dat`)),
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

/** Prosody names files so that no name can leave its folder. */
function storedName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

interface Configured {
  root: string
  host: string
  ports: { clients: number; components: number; http: number }
  domain: string
  component: string
  secret: string
}

function configuration({ root, host, ports, domain, component, secret }: Configured): string {
  return `
run_as_root = true
daemonize = false
pidfile = "${root}/prosody.pid"
data_path = "${root}/data"
interfaces = { "${host}" }
local_interfaces = { "${host}" }
c2s_ports = { ${ports.clients} }
c2s_direct_tls_ports = {}
s2s_ports = {}
component_ports = { ${ports.components} }
component_interface = "${host}"
http_ports = { ${ports.http} }
http_interfaces = { "${host}" }
https_ports = {}
modules_disabled = { "s2s" }
modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "offline", "carbons", "smacks", "mam", "presence", "message", "iq", "pep", "blocklist" }
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
ssl = { key = "${root}/key.pem"; certificate = "${root}/cert.pem"; }
log = { { levels = { min = "info" }, to = "console" } }
VirtualHost "${domain}"
Component "${component}"
  component_secret = "${secret}"
Component "upload.${domain}" "http_file_share"
  http_host = "${host}"
  http_external_url = "http://${host}:${ports.http}"
`
}
