import type { Ear } from './overheard.ts'

/** A program with its key: calls to either server by REST; everything is listened to. */
export class ProgramCaller {
  readonly name: string
  readonly #urls: readonly string[]
  readonly #key: string
  readonly #ear: Ear
  #calls = 0

  constructor(parts: { name: string; urls: readonly string[]; key: string; ear: Ear }) {
    this.name = parts.name
    this.#urls = parts.urls
    this.#key = parts.key
    this.#ear = parts.ear
  }

  async calls<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T; text: string }> {
    const url = this.#urls[this.#calls++ % this.#urls.length] ?? ''
    const response = await this.#ear.fetch(this.name, 'v1')(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: JSON.parse(text) as T, text }
  }
}
