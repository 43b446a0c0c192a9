import type { Element } from './element.ts'
import { XmlFault } from './read-tag.ts'
import { type StreamBounds, StreamParser } from './stream-parser.ts'

export type ParsedStanza =
  | { ok: true; element: Element }
  | { ok: false; why: 'too-large' | 'too-deep' | 'not-xml' | 'not-one-stanza'; detail: string }

/** One stanza by itself, read as the stream would read it. */
export function parseStanza(raw: Uint8Array, bounds: StreamBounds): ParsedStanza {
  const found: ParsedStanza[] = []
  let isClosed = false
  const parser = new StreamParser(
    {
      opened: () => undefined,
      stanza: (element) => void found.push({ ok: true, element }),
      skipped: (shell, why) => void found.push({ ok: false, why, detail: shell.name }),
      closed: () => {
        isClosed = true
      },
    },
    bounds,
  )
  try {
    parser.write(Buffer.from("<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'>"))
    parser.write(raw)
    if (isClosed) return { ok: false, why: 'not-xml', detail: 'an end that has no beginning' }
    parser.write(Buffer.from('</s:stream>'))
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    return { ok: false, why: 'not-xml', detail: error.message }
  }
  const [first, ...more] = found
  return first && more.length === 0 ? first : { ok: false, why: 'not-one-stanza', detail: `${found.length} found` }
}
