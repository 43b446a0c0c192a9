import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'
import type { Kamailio } from './kamailio.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type Baresip = {
  /** Says something to its one contact. */
  says(text: string): void
  /** Waits for a message that matches. */
  receives(match: RegExp): Promise<{ from: string; text: string }>
  close(): Promise<void>
}

/** baresip, registered with the proxy, with one contact: it writes to contacts only. A phone program that nobody here wrote. */
export async function startBaresip(kamailio: Kamailio, user: string, contact: string): Promise<Baresip> {
  const { host, port, domain } = kamailio
  const folder = await tempFolder('baresip')
  const [sip, control, console] = [await freePort(), await freePort(), await freePort()]
  const proxy = `sip:${host}:${port};transport=tcp`
  await writeFile(
    join(folder.path, 'config'),
    `sip_listen ${host}:${sip}
module_path /usr/lib/baresip/modules
module cons.so
module_app account.so
module_app contact.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen ${host}:${control}
cons_listen ${host}:${console}
`,
  )
  const password = kamailio.passwordOf(user)
  await writeFile(
    join(folder.path, 'accounts'),
    `<sip:${user}@${domain};transport=tcp>;auth_user=${user};auth_pass=${password};outbound="${proxy}";regint=600\n`,
  )
  await writeFile(join(folder.path, 'contacts'), `"Shop" <${contact}>\n`)
  const daemon = startDaemon({
    name: 'baresip',
    command: '/usr/bin/baresip',
    args: ['-f', folder.path],
    folder: folder.path,
    env: { HOME: folder.path, TERM: 'dumb' },
  })
  const sockets: Socket[] = []
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await daemon.stop()
    await folder.remove()
  }
  const opens = async (at: number) => {
    const socket = connect(at, host)
    socket.on('error', () => undefined)
    sockets.push(socket)
    await once(socket, 'connect')
    return socket
  }
  try {
    await untilListening(daemon, { name: 'baresip', port: console, timeoutMs: 60_000 })
    const registered = () => /200 OK .*binding/.test(daemon.output())
    await waitFor(`${user}'s baresip to register`, registered, { timeoutMs: 60_000, instead: daemon.output })
    const commands = await opens(control)
    let shown = ''
    const screen = await opens(console)
    screen.on('data', (chunk) => {
      shown += chunk.toString()
    })
    const command = (name: string, params = '') => {
      const text = JSON.stringify({ command: name, params, token: name })
      commands.write(`${Buffer.byteLength(text)}:${text},`)
    }
    command('contact_next')
    return {
      says: (text) => command('message', text),
      async receives(match) {
        // It shows `sip:somebody@somewhere: "their words"`.
        const find = () =>
          [...shown.matchAll(/^\r?(\S+): "([\s\S]*?)"\r?$/gm)].find((found) => match.test(found[2] ?? ''))
        const found = await waitFor(`a message in ${user}'s baresip`, find, { timeoutMs: 60_000, instead: () => shown })
        return { from: found[1] ?? '', text: found[2] ?? '' }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
