import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Daemon, startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import { userIds } from './system-user.ts'
import { tempFolder } from './temp-folder.ts'

export interface Clamd {
  readonly host: string
  readonly port: number
  /** The words that its one signature knows; what holds them is a virus called `virusName`. */
  readonly planted: string
  readonly virusName: string
  log(): string
  /** SIGKILL, as if the machine had dropped it. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** ClamAV's daemon on loopback, with a database of one signature of our own: nothing is fetched from anywhere. */
export async function startClamd(): Promise<Clamd> {
  const folder = await tempFolder('clamd')
  const host = '127.0.0.1'
  const port = await freePort(host)
  const planted = 'PARLEY-PLANTED-VIRUS-THAT-DOES-NO-HARM'
  const config = join(folder.path, 'clamd.conf')
  // Any file, at any place, these bytes (ClamAV's extended signature format).
  await writeFile(join(folder.path, 'planted.ndb'), `Parley.Planted:0:*:${Buffer.from(planted).toString('hex')}\n`)
  await writeFile(
    config,
    [
      'Foreground yes',
      `TCPSocket ${port}`,
      `TCPAddr ${host}`,
      `DatabaseDirectory ${folder.path}`,
      `TemporaryDirectory ${folder.path}`,
      'StreamMaxLength 50M',
      'SelfCheck 86400',
      'MaxThreads 4',
      'User nobody',
      '',
    ].join('\n'),
  )
  const { uid, gid } = userIds('nobody')
  if (process.getuid?.() === 0) await chown(folder.path, uid, gid)
  let daemon: Daemon | null = null
  const start = async () => {
    daemon = startDaemon({ name: 'clamd', command: '/usr/sbin/clamd', args: ['-c', config], folder: folder.path })
    await untilListening(daemon, { name: 'clamd', host, port, timeoutMs: 60_000 })
  }
  try {
    await start()
  } catch (error) {
    await folder.remove()
    throw error
  }
  return {
    host,
    port,
    planted,
    virusName: 'Parley.Planted.UNOFFICIAL',
    log: () => daemon?.output() ?? '',
    async kill() {
      await daemon?.kill()
    },
    start,
    async stop() {
      await daemon?.stop()
      await folder.remove()
    },
  }
}
