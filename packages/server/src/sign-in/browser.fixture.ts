import type { SignIn } from './create-sign-in.ts'

/** A browser as far as a sign-in notices: it keeps cookies and says where its page came from. */
export class Browser {
  readonly cookies = new Map<string, string>()
  /** Every Set-Cookie line it was given. */
  readonly given: string[] = []
  readonly #signIn: SignIn
  readonly #origin: string
  readonly #peer: string

  constructor(signIn: SignIn, options: { origin: string; peer?: string }) {
    this.#signIn = signIn
    this.#origin = options.origin
    this.#peer = options.peer ?? '192.0.2.1'
  }

  get headers(): Headers {
    return new Headers({ cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') })
  }

  async post(path: string, body: unknown, headers: Record<string, string | null> = {}): Promise<Answer> {
    return this.#send(path, { method: 'POST', body: JSON.stringify(body) }, headers)
  }

  async get(path: string): Promise<Answer> {
    return this.#send(path, { method: 'GET' }, {})
  }

  async #send(path: string, init: RequestInit, extra: Record<string, string | null>): Promise<Answer> {
    const headers = this.headers
    if (init.method === 'POST') {
      headers.set('origin', this.#origin)
      headers.set('content-type', 'application/json')
    }
    for (const [name, value] of Object.entries(extra)) value === null ? headers.delete(name) : headers.set(name, value)
    const request = new Request(`${this.#origin}/api/auth${path}`, { ...init, headers })
    const response = await this.#signIn.handler(request, this.#peer)
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : null }
  }

  #keep(line: string): void {
    this.given.push(line)
    const [pair = '', ...attributes] = line.split(';')
    const split = pair.indexOf('=')
    const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
    if (isGone) this.cookies.delete(pair.slice(0, split))
    else this.cookies.set(pair.slice(0, split), pair.slice(split + 1))
  }
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown> | null
}
