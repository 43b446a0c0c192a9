import { Parser } from 'htmlparser2'
import type { HtmlMark } from './reply/cut-reply.ts'
import { stripTags } from './strip-tags.ts'

const SKIPPED = new Set([
  'head',
  'style',
  'script',
  'title',
  'template',
  'noscript',
  'svg',
  'object',
  'iframe',
  'select',
  'textarea',
])
const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
)
const SPACED = new Set('p h1 h2 h3 h4 h5 h6 ul ol blockquote table pre'.split(' '))
const DEEPEST_QUOTE = 20
const MOST_MARKS = 200
const LONGEST_LINK = 2000
const DEEPEST = 512
const CHUNK = 16 * 1024

type Open = {
  tag: string
  prefix: string
  mark: HtmlMark | undefined
  isSkipped: boolean
  href: string | undefined
  textFrom: number
  isPre: boolean
}

/**
 * The text of an HTML mail as a person would type it, with quoted parts behind "> " and the stretches that mail programs
 * mark as quote or signature. It streams and keeps its own stack, so no depth can reach the call stack;
 * HTML deeper than anybody writes loses its layout and keeps its words.
 */
export function htmlToText(html: string): { text: string; marks: HtmlMark[] } {
  const writer = new TextWriter()
  const open: Open[] = []
  const marks: HtmlMark[] = []
  let skipped = 0

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const isSkipped = SKIPPED.has(tag) || isHidden(attributes)
        if (isSkipped) skipped++
        const isQuote = tag === 'blockquote' && isQuotedBlock(attributes)
        const above = open.at(-1)
        const depth = above?.prefix.length ?? 0
        const prefix =
          (above?.prefix ?? '') +
          (isQuote && depth < 2 * DEEPEST_QUOTE ? '> ' : tag === 'blockquote' && depth < 80 ? '    ' : '')
        if (skipped === 0) {
          if (BLOCKS.has(tag)) writer.breakLine(SPACED.has(tag) ? 2 : 1)
          if (tag === 'br') writer.newLine()
          if (tag === 'hr') writer.write('________________________________', false)
          if (tag === 'li') writer.write('- ', true)
          if (tag === 'td' || tag === 'th') writer.space()
          if (tag === 'img' && attributes.alt) writer.write(`[${attributes.alt.slice(0, 200)}]`, false)
        }
        writer.prefix = prefix
        const kind = skipped === 0 && marks.length < MOST_MARKS ? markKind(attributes) : undefined
        const mark: HtmlMark | undefined = kind
          ? { from: 0, to: Number.MAX_SAFE_INTEGER, kind: kind === 'rest' ? 'quote' : kind }
          : undefined
        if (mark) {
          writer.breakLine(1)
          marks.push(mark)
          writer.onNextLine((offset) => {
            mark.from = offset
          })
        }
        const href = tag === 'a' ? attributes.href : undefined
        open.push({
          tag,
          prefix,
          mark: kind === 'rest' ? undefined : mark,
          isSkipped,
          href,
          textFrom: writer.length,
          isPre: tag === 'pre' || (above?.isPre ?? false),
        })
      },
      ontext(text) {
        if (skipped === 0) writer.write(text, open.at(-1)?.isPre ?? false)
      },
      onclosetag(tag) {
        const closed = open.pop()
        if (!closed) return
        if (closed.isSkipped) skipped--
        if (skipped === 0 && closed.href) writeLink(writer, closed.href, closed.textFrom)
        if (skipped === 0 && BLOCKS.has(tag)) writer.breakLine(SPACED.has(tag) ? 2 : 1)
        if (closed.mark) {
          writer.breakLine(1)
          closed.mark.to = writer.length
        }
        writer.prefix = open.at(-1)?.prefix ?? ''
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  )
  // The parser's own stack costs more with each level: no mail that a person or a program wrote is anywhere near this deep.
  for (let at = 0; at < html.length; at += CHUNK) {
    if (open.length > DEEPEST) return { text: stripTags(html), marks: [] }
    parser.write(html.slice(at, at + CHUNK))
  }
  if (open.length > DEEPEST) return { text: stripTags(html), marks: [] }
  parser.end()
  const text = writer.finish()
  return { text, marks: marks.filter((mark) => mark.from < text.length && mark.to > mark.from) }
}

function isHidden(attributes: Record<string, string>): boolean {
  return 'hidden' in attributes || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attributes.style?.slice(0, 2000) ?? '')
}

/** People also indent with blockquote: only what a mail program made for quoting counts. */
function isQuotedBlock(attributes: Record<string, string>): boolean {
  return (
    attributes.type === 'cite' ||
    'cite' in attributes ||
    /quote|cite/i.test(attributes.class ?? '') ||
    /border-left/i.test(attributes.style?.slice(0, 2000) ?? '')
  )
}

const QUOTE_CLASS =
  /(?:^|\s)(?:gmail_quote|gmail_quote_container|yahoo_quoted|yahoo-quoted-begin|protonmail_quote|tutanota_quote|zmail_extra|OutlookMessageHeader|ms-outlook-mobile-reference-message|moz-forward-container|x_gmail_quote|qt|reply-quote)(?:\s|$)/i
const SIGNATURE_CLASS =
  /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block|ms-outlook-mobile-signature|x_gmail_signature|tutanota_signature)(?:\s|$)/i

/** `rest`: Outlook puts the older mail beside its header, not inside it, so everything after belongs to the quote. */
function markKind(attributes: Record<string, string>): 'quote' | 'signature' | 'rest' | undefined {
  const id = attributes.id ?? ''
  if (/^(?:x_)*(?:divRplyFwdMsg|appendonsend|stopSpelling|mail-editor-reference-message-container)$/i.test(id))
    return 'rest'
  if (/^(?:x_)*(?:Signature|ms-outlook-mobile-signature|ymail_android_signature|AppleMailSignature)$/i.test(id))
    return 'signature'
  const classes = attributes.class ?? ''
  if (QUOTE_CLASS.test(classes)) return 'quote'
  if (SIGNATURE_CLASS.test(classes)) return 'signature'
  // Outlook for Windows: a header block under a thin grey rule, without any name of its own.
  return /border:\s*none;\s*border-top:\s*solid #(?:E1E1E1|B5C4DF) 1\.0pt/i.test(attributes.style ?? '')
    ? 'rest'
    : undefined
}

function writeLink(writer: TextWriter, href: string, textFrom: number): void {
  if (!/^(?:https?:|mailto:)/i.test(href) || href.length > LONGEST_LINK) return
  const said = writer.since(textFrom).trim()
  const bare = href.replace(/^mailto:/i, '')
  if (
    said === '' ||
    said.includes(bare) ||
    bare.replace(/^https?:\/\//i, '').replace(/\/$/, '') === said.replace(/\/$/, '')
  )
    return
  writer.write(` <${bare}>`, true)
}

/** Collects lines: folds white space as a browser would, puts the quote prefix before each line, knows offsets. */
class TextWriter {
  prefix = ''
  #done: string[] = []
  #doneLength = 0
  #line = ''
  #linePrefix = ''
  #wantsSpace = false
  #wantsBlank = false
  #blankLines = 1
  #waiting: ((offset: number) => void)[] = []

  get length(): number {
    return this.#doneLength + this.#line.length + (this.#line === '' ? 0 : this.#linePrefix.length)
  }

  write(text: string, keepsSpace: boolean): void {
    if (keepsSpace) {
      const [first = '', ...rest] = text.replace(/\r\n?/g, '\n').split('\n')
      this.#append(first)
      for (const line of rest) {
        this.newLine()
        this.#append(line)
      }
      return
    }
    for (const piece of text.split(/([ \t\r\n\f]+)/)) {
      if (piece === '') continue
      if (/^[ \t\r\n\f]/.test(piece)) this.#wantsSpace = this.#line !== ''
      else this.#append(piece)
    }
  }

  space(): void {
    this.#wantsSpace = this.#line !== ''
  }

  newLine(): void {
    if (this.#line === '' && this.#blankLines > 1) return
    this.#push()
  }

  /** Ends the line; with 2 also leaves one line blank before what follows. */
  breakLine(lines: 1 | 2): void {
    if (this.#line.trim() !== '') this.#push()
    else this.#line = ''
    this.#wantsSpace = false
    if (lines === 2) this.#wantsBlank = true
  }

  onNextLine(told: (offset: number) => void): void {
    this.#waiting.push(told)
  }

  since(offset: number): string {
    const lineStart = this.#doneLength + this.#linePrefix.length
    return offset >= lineStart ? this.#line.slice(offset - lineStart) : this.#line
  }

  finish(): string {
    if (this.#line !== '') this.#push()
    for (const told of this.#waiting.splice(0)) told(this.#doneLength)
    return this.#done.join('').trimEnd()
  }

  #append(text: string): void {
    if (text === '') return
    if (this.#line === '') {
      if (this.#wantsBlank && this.#blankLines === 0 && this.#done.length > 0) this.#pushBlank()
      this.#wantsBlank = false
      this.#linePrefix = this.prefix
      for (const told of this.#waiting.splice(0)) told(this.#doneLength)
    } else if (this.#wantsSpace) this.#line += ' '
    this.#wantsSpace = false
    this.#line += text
  }

  /** A blank line between two depths of quoting belongs to the shallower. */
  #pushBlank(): void {
    const prefix = this.#linePrefix.length < this.prefix.length ? this.#linePrefix : this.prefix
    this.#done.push(`${prefix.trimEnd()}\n`)
    this.#doneLength += prefix.trimEnd().length + 1
    this.#blankLines = 1
  }

  #push(): void {
    const isBlank = this.#line.trim() === ''
    const line = isBlank ? `${this.prefix.trimEnd()}\n` : `${this.#linePrefix}${this.#line.trimEnd()}\n`
    this.#done.push(line)
    this.#doneLength += line.length
    this.#line = ''
    this.#blankLines = isBlank ? this.#blankLines + 1 : 0
    this.#wantsSpace = false
  }
}
