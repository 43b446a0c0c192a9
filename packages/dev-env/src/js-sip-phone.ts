import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import type { BrowserPerson } from './browser.ts'
import type { Kamailio } from './kamailio.ts'
import { waitFor } from './wait-for.ts'

export type JsSipText = { from: string; text: string }

/** JsSIP in a browser, registered over the proxy's WebSocket (RFC 7118): a phone program that nobody here wrote. */
export class JsSipPhone {
  readonly #page: Page
  readonly #read = new Set<number>()

  private constructor(page: Page) {
    this.#page = page
  }

  static async opens({ page }: BrowserPerson, kamailio: Kamailio, user: string): Promise<JsSipPhone> {
    const { host, webSocketPort, domain } = kamailio
    await page.addScriptTag({ content: await library() })
    const settings = { uri: `sip:${user}@${domain}`, password: kamailio.passwordOf(user), session_timers: false }
    await page.evaluate(`
      const socket = new JsSIP.WebSocketInterface('ws://${host}:${webSocketPort}')
      const ua = new JsSIP.UA({ ...${JSON.stringify(settings)}, sockets: [socket] })
      globalThis.phone = { ua, received: [], told: {}, isRegistered: false }
      ua.on('registered', () => { phone.isRegistered = true })
      ua.on('newMessage', ({ originator, message, request }) => {
        if (originator !== 'remote') return
        phone.received.push({ from: String(request.from.uri), text: request.body })
        message.accept()
      })
      ua.start()`)
    await waitFor(`${user}'s JsSIP to register`, () => page.evaluate('phone.isRegistered'), { timeoutMs: 30_000 })
    return new JsSipPhone(page)
  }

  /** Waits for a text that matches, and did not match an earlier call's. */
  async receives(match: RegExp): Promise<JsSipText> {
    return waitFor(
      'a message in JsSIP',
      async () => {
        const received = await this.#page.evaluate<JsSipText[]>('phone.received')
        const at = received.findIndex(({ text }, index) => !this.#read.has(index) && match.test(text))
        if (at !== -1) this.#read.add(at)
        return received[at]
      },
      { timeoutMs: 30_000 },
    )
  }

  /** Resolves with the status that came back. */
  async sends(to: string, text: string): Promise<number> {
    return this.#page.evaluate<number>(`new Promise((resolve) => phone.ua.sendMessage(${JSON.stringify(to)}, ${JSON.stringify(text)}, {
      eventHandlers: {
        succeeded: ({ response }) => resolve(response.status_code),
        failed: ({ response }) => resolve(response ? response.status_code : 0),
      },
    }))`)
  }
}

let bundled: Promise<string> | undefined

/** The library as one script for a page. */
function library(): Promise<string> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<string> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('jssip')
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, name: 'JsSIP', formats: ['iife'] } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error('JsSIP could not be bundled')
  return chunk.code
}
