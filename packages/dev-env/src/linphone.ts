import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import type { Kamailio } from './kamailio.ts'
import { guardGroup } from './orphan-guard.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type LinphoneText = { from: string; text: string }

export type Linphone = {
  /** Waits for a text that matches, and did not match an earlier call's. */
  receives(match: RegExp): Promise<LinphoneText>
  sends(to: string, text: string): void
  output(): string
  close(): Promise<void>
}

/** Linphone's console, registered with the proxy: a phone program that nobody here wrote. It says by itself what arrived (RFC 5438). */
export async function startLinphone(kamailio: Kamailio, user: string): Promise<Linphone> {
  const folder = await tempFolder('linphone')
  for (const each of ['.local/share/linphone', '.config/linphone'])
    await mkdir(join(folder.path, each), { recursive: true })
  const port = await freePort()
  const rc = join(folder.path, 'linphonerc')
  await writeFile(rc, configuration(kamailio, user, port))
  const child = spawn('/usr/bin/linphonec', ['-c', rc, '-d', '0'], {
    detached: true,
    env: { PATH: '/usr/bin:/bin', HOME: folder.path, TERM: 'dumb', LANG: 'C.UTF-8' },
  })
  const guarded = guardGroup(child.pid ?? 0, folder.path)
  child.once('exit', () => guarded.release())
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => undefined)
  const read = new Set<number>()
  // A text of several lines goes on until the program says something else.
  const next = (match: RegExp) =>
    [...output.matchAll(/Message received from (\S+): ([\s\S]*?)(?=linphonec> |Message received from |$)/g)].find(
      (found) => !read.has(found.index) && match.test(found[2] ?? ''),
    )
  const phone: Linphone = {
    async receives(match) {
      const found = await waitFor(`a message at ${user}'s linphone`, () => next(match), {
        timeoutMs: 60_000,
        instead: () => output.slice(-2_000),
      })
      read.add(found.index)
      return { from: found[1] ?? '', text: found[2] ?? '' }
    },
    sends: (to, text) => void child.stdin.write(`chat ${to} ${text}\n`),
    output: () => output,
    async close() {
      await quits(child)
      await folder.remove()
    },
  }
  try {
    // It says nothing of its own accord when it has registered.
    await waitFor(`${user}'s linphone to register`, () => isRegistered(child, () => output), {
      timeoutMs: 60_000,
      instead: () => output,
    })
  } catch (error) {
    await phone.close()
    throw error
  }
  return phone
}

async function isRegistered(child: ChildProcess, output: () => string): Promise<boolean> {
  const before = output().length
  child.stdin?.write('status registered\n')
  await sleep(300)
  return /^registered, identity/m.test(output().slice(before))
}

async function quits(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.stdin?.write('quit\n')
  const patience = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await exited
  clearTimeout(patience)
}

function configuration({ host, port, domain, passwordOf }: Kamailio, user: string, own: number): string {
  return `[sip]
sip_port=${own}
sip_tcp_port=${own}
sip_tls_port=-1
use_ipv6=0
guess_hostname=0
register_only_when_network_is_up=0
default_proxy=0
[video]
enabled=0
[proxy_0]
reg_proxy=<sip:${host}:${port};transport=tcp>
reg_route=<sip:${host}:${port};transport=tcp>
reg_identity=sip:${user}@${domain}
reg_expires=600
reg_sendregister=1
publish=0
[auth_info_0]
username=${user}
userid=${user}
passwd=${passwordOf(user)}
realm=${domain}
domain=${domain}
`
}
