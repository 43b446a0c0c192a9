import { randomUUID } from 'node:crypto'
import { findLeaks, type Seeded, seeded, type WindowPerson, waitFor } from '@parley/dev-env'
import type { LinkReadResponse, UploadResponse } from '@parley/protocol'
import { outside } from './cast.ts'
import type { RoadsStage } from './roads-stage.ts'

/** What opens under the newest link that somebody was sent, and holds these words; null while none does. */
export type Opened = { readonly link: string; readonly texts: string[]; readonly files: string[] }

/** Something that is sealed, and everybody outside who is to be told of it over their own medium, with a link to it. */
export class SealedStory {
  readonly stage: RoadsStage
  readonly visitor: WindowPerson
  readonly canaries: string[] = []
  readonly #from: number

  constructor(stage: RoadsStage, random: Seeded = seeded(9)) {
    this.stage = stage
    this.visitor = stage.visitor('vera', random)
    this.#from = stage.ear.heard.length
  }

  /** A word that stands nowhere else. */
  canary(name: string): string {
    const word = `${name}${randomUUID().replaceAll('-', '').slice(0, 10)}`
    this.canaries.push(word)
    return word
  }

  /** What came over the media since this began: windows, desks and programs that ask read over connections of their own. */
  wire(name?: string) {
    const media = new Set(['mail', 'sms', 'sip', 'xmpp', 'webhook', 'push'])
    return this.stage.ear.heard
      .slice(this.#from)
      .filter(({ road, person }) => media.has(road) && (name === undefined || person === name))
  }

  /** Somebody outside is sent a link that opens, and shows these words. */
  sentLinkTo(name: string, words: string): Promise<Opened> {
    const tried = new Map<string, Opened | null>()
    return waitFor(
      `a link to ${words} for ${name}`,
      async () => {
        const links = this.wire(name).flatMap(({ bytes }) => [...bytes.matchAll(/\/read#([A-Za-z0-9._-]+)/g)])
        for (const [, key = ''] of links) {
          if (!tried.has(key) || tried.get(key)) tried.set(key, await this.opens(key))
          const opened = tried.get(key)
          if (opened?.texts.some((text) => text.includes(words))) return opened
        }
        return null
      },
      { timeoutMs: 30_000 },
    )
  }

  async opens(key: string): Promise<Opened | null> {
    const response = await fetch(`${this.stage.urls[0]}/api/link/read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, language: 'en' }),
    })
    if (!response.ok) return null
    const { pages } = (await response.json()) as LinkReadResponse
    const messages = pages.flatMap((page) => page.messages)
    return {
      link: key,
      texts: messages.map(({ text }) => text),
      files: messages.flatMap(({ attachments = [] }) => attachments.map(({ name }) => name)),
    }
  }

  async uploads(name: string, text: string): Promise<string> {
    const response = await fetch(`${this.stage.urls[0]}/api/uploads?sealed=1&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', authorization: `Bearer ${await this.visitor.token()}` },
      body: text,
    })
    if (!response.ok) throw new Error(`the file was refused: ${await response.text()}`)
    return ((await response.json()) as UploadResponse).id
  }

  /** Canaries that stood on a wire, in whatever coding, and whose. */
  leaks(): string[] {
    return this.wire().flatMap(({ person, road, bytes }) =>
      findLeaks(bytes, this.canaries).map(({ identity, around }) => `${identity} to ${person} by ${road}: ${around}`),
    )
  }

  /** Everyone who is asked over a medium of their own. */
  readonly outsiders = Object.keys(outside)
}
