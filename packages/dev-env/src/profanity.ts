import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startDaemon } from './daemon.ts'
import type { Prosody } from './prosody.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type Profanity = {
  /** What stands on the screen now. */
  screen(): Promise<string>
  sees(words: RegExp): Promise<void>
  /** Types something into the line, and sends it. */
  says(text: string): Promise<void>
  /** Types into the line and sends nothing. */
  types(text: string): Promise<void>
  /** Opens the conversation with an address. */
  opens(jid: string): Promise<void>
  stop(): Promise<void>
}

/** Somebody at Profanity, a program for terminals, in a terminal of their own (tmux). */
export async function startProfanity(prosody: Prosody, user: string): Promise<Profanity> {
  const folder = await tempFolder('profanity')
  const config = join(folder.path, 'config', 'profanity')
  const data = join(folder.path, 'data', 'profanity')
  await mkdir(config, { recursive: true })
  await mkdir(data, { recursive: true })
  const account = [
    `[${user}]`,
    'enabled=true',
    `jid=${user}@${prosody.domain}`,
    `password=${prosody.passwordOf(user)}`,
    `server=${prosody.host}`,
    `port=${prosody.clientPort}`,
    'resource=profanity',
    'tls.policy=trust',
    '',
  ]
  await writeFile(join(data, 'accounts'), account.join('\n'))
  const preferences = [
    '[connection]',
    `account=${user}`,
    '[chatstates]',
    'enabled=true',
    'outtype=true',
    '[ui]',
    'intype=true',
    '',
  ]
  await writeFile(join(config, 'profrc'), preferences.join('\n'))
  const socket = join(folder.path, 'tmux')
  const env = {
    HOME: folder.path,
    XDG_CONFIG_HOME: join(folder.path, 'config'),
    XDG_DATA_HOME: join(folder.path, 'data'),
    TERM: 'xterm',
  }
  // -D: the terminal server itself, in the foreground, so that it ends with the test.
  const daemon = startDaemon({
    name: 'tmux',
    command: '/usr/bin/tmux',
    args: ['-S', socket, '-D'],
    folder: folder.path,
    env,
  })
  const tmux = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)('/usr/bin/tmux', ['-S', socket, ...args], {
      env: { ...process.env, ...env },
    })
    return stdout
  }
  const screen = () => tmux('capture-pane', '-p', '-t', 'one')
  const keys = async (...what: string[]) => void (await tmux('send-keys', '-t', 'one', ...what))
  const sees = async (words: RegExp) => {
    await waitFor(`${words} on the screen`, async () => words.test(await screen()), {
      timeoutMs: 30_000,
      instead: screen,
    })
  }
  const says = async (text: string) => {
    await keys('-l', text)
    await keys('Enter')
  }
  const stop = async () => {
    await daemon.stop()
    await folder.remove()
  }
  try {
    await waitFor('tmux to answer', () =>
      tmux('new-session', '-d', '-s', 'one', '-x', '160', '-y', '50', 'profanity').then(
        () => true,
        () => false,
      ),
    )
    await sees(new RegExp(`${user}@${prosody.domain}.*(online|logged in)`, 'i'))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    screen,
    sees,
    says,
    types: (text) => keys('-l', text),
    opens: (jid) => says(`/msg ${jid}`),
    stop,
  }
}
