import type { Block } from '@parley/channel-sdk'
import { bodyText, headerText } from './header-text.ts'
import type { MailBody } from './text-part.ts'
import { when } from './when.ts'

/**
 * The mail as HTML: one column, no picture, nothing fetched, no script. Colours stand in a style block for programs that know dark mode
 * and inline for those that drop style blocks.
 */
export function htmlPart({ blocks, language, lines, answerable, maybeTwice }: MailBody): string {
  const direction = /^(ar|fa|he|ur)\b/i.test(language) ? 'rtl' : 'ltr'
  const help = answerable ? `<p class="quiet" style="${quiet};margin:0 0 20px">${escapeHtml(lines.replyAbove)}</p>` : ''
  const closing: Block[] = maybeTwice ? [{ kind: 'note', text: lines.maybeRepeated }] : []
  const body = gathered([...blocks, ...closing]).map((block, index) => blockHtml(block, language, index === 0))
  return `<!DOCTYPE html>
<html lang="${escapeHtml(headerText(language, 35))}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page { background-color: #17181b !important; color: #e9e9ec !important }
  .quiet { color: #a3a5ad !important }
  .rule { border-color: #3a3c43 !important }
  .box { background-color: #24262b !important; color: #e9e9ec !important }
  .link { color: #9db8ff !important }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#ffffff;color:#1d1e22">
<div dir="${direction}" class="page" style="${page}">
${[help, ...body].filter(Boolean).join('\n')}
</div>
</body>
</html>
`
}

const font = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif`
const page = `${font};font-size:16px;line-height:1.55;max-width:600px;margin:0 auto;padding:24px 20px;background-color:#ffffff;color:#1d1e22`
const quiet = 'font-size:13px;line-height:1.5;color:#63656e'
const paragraph = 'margin:0 0 14px'

/** Notes that follow each other are one note: a single quiet paragraph group under a single rule. */
function gathered(blocks: Block[]): Block[] {
  const together: Block[] = []
  for (const block of blocks) {
    const before = together.at(-1)
    if (block.kind === 'note' && before?.kind === 'note') {
      together.splice(-1, 1, { kind: 'note', text: `${before.text}\n\n${block.text}` })
    } else together.push(block)
  }
  return together
}

function blockHtml(block: Block, language: string, isFirst: boolean): string {
  switch (block.kind) {
    case 'said':
      return said(block, language)
    case 'note':
      return note(block.text, isFirst)
    case 'earlier':
      return earlier(block, language)
    case 'link':
      return link(block)
    case 'code':
      return `<p class="quiet" style="${quiet};margin:20px 0 6px">${escapeHtml(headerText(block.label, 120))}</p>
<p dir="ltr" class="box" style="margin:0 0 20px;padding:14px 18px;border-radius:8px;background-color:#f2f3f5;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:22px;letter-spacing:3px;text-align:center">${escapeHtml(headerText(block.code, 80))}</p>`
  }
}

function said({ by, text, at }: Extract<Block, { kind: 'said' }>, language: string): string {
  const time =
    at === null
      ? ''
      : `<span class="quiet" style="${quiet};font-weight:400">${by === null ? '' : ' · '}${escapeHtml(when(at, language))}</span>`
  const name = by === null ? '' : `<bdi>${escapeHtml(headerText(by, 80))}</bdi>`
  const head = name || time ? `<p style="margin:0 0 6px;font-weight:600">${name}${time}</p>\n` : ''
  return `${head}<div dir="auto" style="margin:0 0 22px">${paragraphs(text)}</div>`
}

function note(text: string, isFirst: boolean): string {
  const place = isFirst ? 'margin:0 0 18px' : 'margin:18px 0 0;padding:14px 0 0;border-top:1px solid #e3e4e8'
  return `<div dir="auto" class="quiet rule" style="${quiet};${place}">${paragraphs(text, 'margin:0 0 6px')}</div>`
}

function earlier({ title, entries }: Extract<Block, { kind: 'earlier' }>, language: string): string {
  const said = entries.map(
    (
      entry,
    ) => `<p class="quiet" style="${quiet};margin:0 0 2px"><bdi>${escapeHtml(headerText(entry.by, 80))}</bdi> · ${escapeHtml(when(entry.at, language))}</p>
<div dir="auto" style="margin:0 0 12px;font-size:14px">${paragraphs(entry.text, 'margin:0 0 6px')}</div>`,
  )
  return `<div class="rule" style="margin:22px 0;padding:2px 16px;border:0 solid #d5d7dd;border-inline-start-width:3px">
<p class="quiet" style="${quiet};margin:0 0 10px;font-weight:600">${escapeHtml(headerText(title, 120))}</p>
${said.join('\n')}
</div>`
}

function link({ label, url }: Extract<Block, { kind: 'link' }>): string {
  return `<p style="margin:20px 0"><a class="link" href="${escapeHtml(webAddress(url))}" style="color:#2450c4;font-weight:600">${escapeHtml(headerText(label, 120))}</a></p>`
}

// A link is ours and not a person's, so another scheme is a mistake of the program, not bad input.
function webAddress(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:' && protocol !== 'mailto:')
    throw new Error(`A mail cannot link to ${protocol}`)
  return href
}

function paragraphs(text: string, style = paragraph): string {
  return bodyText(text)
    .trim()
    .split(/\n{2,}/)
    .map((part) => `<p style="${style}">${part.split('\n').map(line).join('<br>')}</p>`)
    .join('\n')
}

// Leading blanks carry meaning in lists and code, and HTML would fold them.
function line(text: string): string {
  const blanks = /^[ \t]*/.exec(text)?.[0] ?? ''
  return `${'&nbsp;'.repeat(blanks.replaceAll('\t', '    ').length)}${escapeHtml(text.slice(blanks.length))}`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
