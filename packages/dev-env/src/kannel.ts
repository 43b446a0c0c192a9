import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Daemon, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import type { Smsc } from './smsc.ts'
import { tempFolder } from './temp-folder.ts'

export type Kannel = {
  sendUrl: string
  username: string
  password: string
  /** What its get-url carries. */
  secret: string
  output(): string
  /** SIGKILL to what speaks HTTP, as if the machine had dropped it. */
  killSmsbox(): Promise<void>
  startSmsbox(): Promise<void>
  stop(): Promise<void>
}

/**
 * A private Kannel on loopback: bearerbox bound to a service centre of ours as its client, smsbox with sendsms and a get-url that hands
 * everything that phones write to `inUrl`.
 */
export async function startKannel(smsc: Smsc, { inUrl }: { inUrl: string }): Promise<Kannel> {
  const folder = await tempFolder('kannel')
  const ports = { admin: await freePort(), smsbox: await freePort(), send: await freePort() }
  const password = randomBytes(6).toString('hex')
  const secret = randomBytes(12).toString('hex')
  const config = join(folder.path, 'kannel.conf')
  await writeFile(config, kannelConf({ smsc, ports, password, getUrl: `${inUrl}?secret=${secret}` }))
  const daemons = new Map<string, Daemon>()
  const start = async (name: 'bearerbox' | 'smsbox', port: number) => {
    const args = ['-v', '1', config]
    const daemon = startDaemon({ name, command: `/usr/sbin/${name}`, args, folder: folder.path, cwd: folder.path })
    daemons.set(name, daemon)
    await untilListening(daemon, { name, port, timeoutMs: 60_000 })
  }
  const stop = async () => {
    for (const daemon of [...daemons.values()].reverse()) await daemon.stop()
    await folder.remove()
  }
  try {
    await start('bearerbox', ports.admin)
    await start('smsbox', ports.send)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    sendUrl: `http://127.0.0.1:${ports.send}/cgi-bin/sendsms`,
    username: 'parley',
    password,
    secret,
    output: () => [...daemons.values()].map((daemon) => daemon.output()).join('\n'),
    killSmsbox: async () => daemons.get('smsbox')?.kill(),
    startSmsbox: () => start('smsbox', ports.send),
    stop,
  }
}

function kannelConf(given: {
  smsc: Smsc
  ports: { admin: number; smsbox: number; send: number }
  password: string
  getUrl: string
}): string {
  const { smsc, ports, password, getUrl } = given
  return `
group = core
admin-port = ${ports.admin}
admin-interface = 127.0.0.1
admin-password = ${password}
smsbox-port = ${ports.smsbox}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = ours
host = ${smsc.host}
port = ${smsc.port}
smsc-username = ${smsc.systemId}
smsc-password = ${smsc.password}
system-type = ""
transceiver-mode = true
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${ports.send}
sendsms-interface = 127.0.0.1
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = parley
password = ${password}

group = sms-service
keyword = default
catch-all = true
max-messages = 0
omit-empty = true
get-url = "${getUrl}&from=%p&to=%P&text=%b&charset=%C&coding=%c&udh=%u&id=%I"
`
}
