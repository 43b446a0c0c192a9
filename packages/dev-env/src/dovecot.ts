import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { userIds } from './system-user.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type DovecotOptions = {
  /** Mailboxes that exist from the start. Mail for anyone else is refused with 550 5.1.1. */
  people?: readonly string[]
  /** A mailbox takes no more than this; past it mail is refused with 552 (a full mailbox). */
  quotaBytes?: number
}

export type Dovecot = {
  host: string
  imapPort: number
  pop3Port: number
  lmtpPort: number
  pid: number
  /** Makes a mailbox while it runs, and returns the password made for it. */
  addPerson(address: string): Promise<string>
  /** From now on mail for this address bounces, and its owner cannot sign in. What was in the mailbox is kept. */
  removePerson(address: string): Promise<void>
  passwordOf(address: string): string
  log(): string
  isRunning(): boolean
  stop(): Promise<void>
  kill(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A private Dovecot on loopback: IMAP, POP3 and LMTP on ports of their own, a maildir per person, everything in a
 * temporary folder. `name+anything@domain` reaches `name@domain`, Postfix keeps the full address in Delivered-To.
 */
export async function startDovecot({ people = [], quotaBytes }: DovecotOptions = {}): Promise<Dovecot> {
  const folder = await tempFolder('dovecot')
  const host = '127.0.0.1'
  const passwords = new Map<string, string>()
  // A file for each person: one for all is looked at once a second only, and a newcomer would have to wait.
  const users = join(folder.path, 'users')
  const newPerson = (address: string) => {
    const key = address.toLowerCase()
    const known = passwords.get(key)
    if (known) return known
    const password = randomBytes(12).toString('hex')
    passwords.set(key, password)
    return password
  }
  const writePerson = async (address: string) => {
    const file = join(users, address.toLowerCase())
    // Dovecot reads the file at every sign-in: it must never see half of it.
    await writeFile(`${file}.new`, `${address.toLowerCase()}:{PLAIN}${newPerson(address)}::::::\n`)
    await rename(`${file}.new`, file)
  }
  try {
    const ports = { imap: await freePort(host), pop3: await freePort(host), lmtp: await freePort(host) }
    await mkdir(users)
    for (const address of people) await writePerson(address)
    const { uid, gid } = userIds('nobody')
    for (const name of ['mail', 'run', 'state']) await mkdir(join(folder.path, name))
    await chown(join(folder.path, 'mail'), uid, gid)
    const config = join(folder.path, 'dovecot.conf')
    await writeFile(config, dovecotConf({ root: folder.path, host, ports, uid, gid, users, quotaBytes }))

    const daemon = startDaemon({
      name: 'Dovecot',
      command: '/usr/sbin/dovecot',
      args: ['-F', '-c', config],
      folder: folder.path,
    })
    try {
      for (const port of Object.values(ports)) await untilListening(daemon, { name: 'Dovecot', host, port })
    } catch (error) {
      await daemon.kill()
      throw error
    }
    const dispose = async () => {
      await daemon.stop()
      await folder.remove()
    }
    return {
      host,
      imapPort: ports.imap,
      pop3Port: ports.pop3,
      lmtpPort: ports.lmtp,
      pid: daemon.pid,
      async addPerson(address) {
        await writePerson(address)
        return newPerson(address)
      },
      async removePerson(address) {
        passwords.delete(address.toLowerCase())
        await rm(join(users, address.toLowerCase()), { force: true })
        await waitFor(`Dovecot to forget ${address}`, async () => !(await knows(config, address)))
      },
      passwordOf(address) {
        const password = passwords.get(address.toLowerCase())
        if (!password) throw new Error(`${address} has no mailbox here; there are: ${[...passwords.keys()].join(', ')}`)
        return password
      },
      log: daemon.output,
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

// Its auth process looks again once a second only.
async function knows(config: string, address: string): Promise<boolean> {
  try {
    await promisify(execFile)('/usr/bin/doveadm', ['-c', config, 'user', address])
    return true
  } catch (error) {
    // EX_NOUSER of sysexits.h
    if (error instanceof Error && 'code' in error && error.code === 67) return false
    throw error
  }
}

type ConfValues = {
  root: string
  host: string
  ports: { imap: number; pop3: number; lmtp: number }
  uid: number
  gid: number
  users: string
  quotaBytes: number | undefined
}

function dovecotConf({ root, host, ports, uid, gid, users, quotaBytes }: ConfValues): string {
  const listener = (port: number) => `
    address = ${host}
    port = ${port}
  `
  return `
protocols = imap pop3 lmtp
listen = ${host}
base_dir = ${root}/run
state_dir = ${root}/state
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_cache_size = 0
default_internal_user = dovecot
default_login_user = dovenull
default_process_limit = 200
first_valid_uid = ${uid}
first_valid_gid = ${gid}
mail_location = maildir:${root}/mail/%Lu
mail_uid = ${uid}
mail_gid = ${gid}
recipient_delimiter = +
auth_failure_delay = 0
mail_max_userip_connections = 100
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu ${users}/%Lu
}
userdb {
  driver = passwd-file
  args = username_format=%Lu ${users}/%Lu
  default_fields = uid=${uid} gid=${gid} home=${root}/mail/%Lu
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {${listener(ports.imap)}}
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {${listener(ports.pop3)}}
  inet_listener pop3s {
    port = 0
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {${listener(ports.lmtp)}}
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
${
  quotaBytes === undefined
    ? ''
    : `mail_plugins = quota
plugin {
  quota = maildir:User quota
  quota_rule = *:bytes=${quotaBytes}
  quota_grace = 0
  quota_exceeded_message = The mailbox is full
}
`
}`
}
