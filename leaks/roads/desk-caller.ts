import { type Client, connect } from '@parley/client'
import type { DeskToken } from '@parley/protocol'
import type { Ear } from './overheard.ts'

/** Somebody signed in at the desk, as a program: calls to either server, and connections; everything is listened to. */
export class DeskCaller {
  readonly name: string
  readonly #urls: readonly string[]
  readonly #ear: Ear
  readonly #cookie: string
  #calls = 0

  private constructor(parts: { name: string; urls: readonly string[]; ear: Ear; cookie: string }) {
    this.name = parts.name
    this.#urls = parts.urls
    this.#ear = parts.ear
    this.#cookie = parts.cookie
  }

  static async signsIn({
    key,
    ...parts
  }: {
    name: string
    urls: readonly string[]
    ear: Ear
    key: string
  }): Promise<DeskCaller> {
    const [url = ''] = parts.urls
    const answer = await fetch(`${url}/api/auth/one-time-link/use`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ key }),
    })
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    if (!answer.ok) throw new Error(`${parts.name} could not sign in: ${await answer.text()}`)
    return new DeskCaller({ ...parts, cookie: cookies.join('; ') })
  }

  /** The servers take turns. */
  async calls<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T; text: string }> {
    const url = this.#urls[this.#calls++ % this.#urls.length] ?? ''
    const response = await this.#ear.fetch(
      this.name,
      path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').split('?')[0] ?? '',
    )(`${url}${path}`, {
      method,
      headers: {
        ...{ cookie: this.#cookie, origin: url },
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: (isJson && text ? JSON.parse(text) : null) as T, text }
  }

  /** A file, to be said with something: its id. */
  async uploads(name: string, bytes: string): Promise<string> {
    const [url = ''] = this.#urls
    const answer = await fetch(`${url}/api/uploads?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { cookie: this.#cookie, origin: url, 'content-type': 'text/plain' },
      body: bytes,
    })
    if (!answer.ok) throw new Error(`a file was refused: ${await answer.text()}`)
    return ((await answer.json()) as { id: string }).id
  }

  token = async (): Promise<string> => {
    const { body } = await this.calls<DeskToken>('POST', '/api/desk/token', {})
    return body.token
  }

  /** The desk's own connection, to one of the servers. */
  connects(server: number, transport: 'socket' | 'poll', random: () => number): Client {
    const baseUrl = this.#urls[server] ?? ''
    return connect({
      ...{ baseUrl, getToken: this.token, transport, random },
      ...{ WebSocket: this.#ear.socket(this.name), fetch: this.#ear.fetch(this.name, 'poll') },
    })
  }
}
