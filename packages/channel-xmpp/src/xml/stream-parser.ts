import type { Element } from './element.ts'
import { readTag, resolved, type Scope, type Tag, XmlFault } from './read-tag.ts'

export interface StreamEvents {
  /** The stream's own start tag. */
  opened(attrs: Readonly<Record<string, string>>): void
  /** A whole element of the stream, with the bytes it came in. */
  stanza(element: Element, raw: Uint8Array): void
  /** An element over a bound was skipped without keeping it: only its start tag is left. */
  skipped(shell: Element, why: 'too-large' | 'too-deep'): void
  closed(): void
}

export interface StreamBounds {
  /** Of one stanza, in characters as written. */
  readonly maxStanza: number
  readonly maxDepth: number
}

/**
 * Reads a stream of XML as it arrives, in any chunks. Work and memory are linear in what comes in and bounded by `maxStanza`: there are no
 * entities to expand, and an element over a bound is walked through to its end and forgotten, so that no stranger's stanza can cost the
 * connection that everybody shares.
 */
export class StreamParser {
  readonly #events: StreamEvents
  readonly #bounds: StreamBounds
  readonly #decoder = new TextDecoder()
  #buffer = ''
  /** How far an unfinished tag at the start of the buffer was looked at, and the quote that is open there. */
  #looked = 0
  #quote = ''
  #isOpen = false
  #stack: Open[] = []
  /** Elements open below the stanza that is being skipped, itself included; 0: none is. */
  #skipping = 0
  #shell: Open | null = null
  #why: 'too-large' | 'too-deep' = 'too-large'
  #raw: string[] = []
  #size = 0
  #root: Scope = { '': '', xml: 'http://www.w3.org/XML/1998/namespace' }

  constructor(events: StreamEvents, bounds: StreamBounds) {
    this.#events = events
    this.#bounds = bounds
  }

  /** Throws `XmlFault`; after that the parser is of no more use. */
  write(chunk: Uint8Array): void {
    this.#buffer += this.#decoder.decode(chunk, { stream: true })
    let at = 0
    for (;;) {
      const next = this.#token(at)
      if (next === null) break
      at = next
    }
    this.#buffer = this.#buffer.slice(at)
  }

  /** Takes the token at `at` and says where the next one begins; null when it is not whole yet. */
  #token(at: number): number | null {
    const buffer = this.#buffer
    if (at >= buffer.length) return null
    if (buffer[at] !== '<') {
      const end = buffer.indexOf('<', at)
      const stop = end < 0 ? this.#wholeText(at) : end
      if (stop === at) return null
      this.#text(buffer.slice(at, stop), true)
      return stop
    }
    if (buffer.startsWith('<!', at)) return this.#marked(at)
    const end = this.#tagEnd(at)
    if (end === null) return null
    this.#tag(buffer.slice(at, end))
    return end
  }

  /** Text whose end has not come yet is taken as far as no reference is cut in two. */
  #wholeText(at: number): number {
    const cut = this.#buffer.lastIndexOf('&')
    const isCut = cut >= at && !this.#buffer.includes(';', cut)
    if (isCut && this.#buffer.length - cut > 12) throw new XmlFault('a reference without an end')
    return isCut ? cut : this.#buffer.length
  }

  /** CDATA is text; anything else that begins so is forbidden. */
  #marked(at: number): number | null {
    const start = '<![CDATA['
    const begun = this.#buffer.slice(at, at + start.length)
    if (!start.startsWith(begun)) throw new XmlFault('a comment or a declaration')
    if (begun.length < start.length) return null
    const end = this.#buffer.indexOf(']]>', Math.max(at + start.length, this.#looked - 2))
    if (end < 0) {
      this.#looked = this.#unfinished(at)
      return null
    }
    this.#looked = 0
    this.#text(this.#buffer.slice(at + start.length, end), false)
    return end + 3
  }

  #tagEnd(at: number): number | null {
    const buffer = this.#buffer
    for (let i = Math.max(at + 1, this.#looked); i < buffer.length; i++) {
      const sign = buffer[i]
      if (this.#quote !== '') {
        if (sign === this.#quote) this.#quote = ''
      } else if (sign === '"' || sign === "'") this.#quote = sign
      else if (sign === '<') throw new XmlFault('a tag inside a tag')
      else if (sign === '>') {
        this.#looked = 0
        return i + 1
      }
    }
    this.#looked = this.#unfinished(at)
    return null
  }

  /** What is looked at again begins at 0 once `write` has cut away what was taken. */
  #unfinished(at: number): number {
    const length = this.#buffer.length - at
    // Above what a server's own limit can grow to by escaping: a stranger's stanza is skipped, and only a peer gone mad ends the stream.
    if (length > this.#bounds.maxStanza * 16) throw new XmlFault('a tag without an end')
    return length
  }

  #tag(tag: string): void {
    if (tag.startsWith('<?')) {
      if (this.#isOpen || !tag.startsWith('<?xml ')) throw new XmlFault('a processing instruction')
      return
    }
    if (tag.startsWith('</')) this.#close(tag)
    else this.#open(tag)
  }

  #open(tag: string): void {
    const isEmpty = tag.endsWith('/>')
    if (this.#skipping > 0) {
      if (!isEmpty) this.#skipping++
      return
    }
    const parent = this.#stack.at(-1)
    if (!this.#isOpen) {
      const { attrs, scope } = readTag(tag, this.#root)
      this.#root = scope
      this.#isOpen = true
      this.#events.opened(attrs)
      if (isEmpty) this.#events.closed()
      return
    }
    this.#keep(tag)
    const open: Open = { ...readTag(tag, parent?.scope ?? this.#root), children: [] }
    if (this.#size > this.#bounds.maxStanza || open.isCut) this.#skip(open, isEmpty, 'too-large')
    else if (this.#stack.length >= this.#bounds.maxDepth) this.#skip(open, isEmpty, 'too-deep')
    else {
      this.#stack.push(open)
      if (isEmpty) this.#end()
    }
  }

  #close(tag: string): void {
    if (this.#skipping > 0) {
      this.#skipping--
      if (this.#skipping === 0) this.#dropped()
      return
    }
    const open = this.#stack.at(-1)
    if (!open) {
      this.#events.closed()
      return
    }
    if (tag.slice(2, -1).trimEnd() !== open.written) throw new XmlFault('an end that has no beginning')
    this.#keep(tag)
    this.#end()
  }

  #end(): void {
    const done = this.#stack.pop()
    if (!done) return
    const { name, ns, attrs, children } = done
    const parent = this.#stack.at(-1)
    if (parent) {
      parent.children.push({ name, ns, attrs, children })
      return
    }
    const raw = Buffer.from(this.#raw.join(''))
    this.#forget()
    this.#events.stanza({ name, ns, attrs, children }, raw)
  }

  #text(written: string, hasReferences: boolean): void {
    if (this.#skipping > 0) return
    const open = this.#stack.at(-1)
    if (!open) {
      // White space between stanzas keeps connections alive (RFC 6120 §4.6.1).
      if (this.#isOpen && written.trim() !== '') throw new XmlFault('text outside of a stanza')
      return
    }
    this.#keep(hasReferences ? written : `<![CDATA[${written}]]>`)
    if (this.#size > this.#bounds.maxStanza) this.#skip(null, false, 'too-large')
    else open.children.push(hasReferences ? resolved(written) : written)
  }

  #keep(written: string): void {
    this.#size += written.length
    if (this.#size <= this.#bounds.maxStanza) this.#raw.push(written)
  }

  /** From here to its end the stanza is only counted through. `open`: an element that begins now and is not on the stack. */
  #skip(open: Open | null, isEmpty: boolean, why: 'too-large' | 'too-deep'): void {
    this.#shell = this.#stack[0] ?? open
    this.#why = why
    this.#skipping = this.#stack.length + (open && !isEmpty ? 1 : 0)
    this.#stack = []
    this.#raw = []
    if (this.#skipping === 0) this.#dropped()
  }

  #dropped(): void {
    const shell = this.#shell
    this.#forget()
    if (shell) this.#events.skipped({ name: shell.name, ns: shell.ns, attrs: shell.attrs, children: [] }, this.#why)
  }

  #forget(): void {
    this.#shell = null
    this.#raw = []
    this.#size = 0
  }
}

interface Open extends Tag {
  children: (Element | string)[]
}
