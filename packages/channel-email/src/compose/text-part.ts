import type { Block } from '@parley/channel-sdk'
import type { FixedLines } from './fixed-lines.ts'
import { bodyText, headerText } from './header-text.ts'
import { when } from './when.ts'

export interface MailBody {
  blocks: Block[]
  language: string
  lines: FixedLines
  /** Can the reader answer this mail? Then the help line stands above it. */
  answerable: boolean
  maybeTwice: boolean
}

/**
 * The mail as plain text. Paragraphs are one line each, however long: every program of today wraps to its window, and hard line ends
 * would come back broken in the middle of quotes.
 */
export function textPart({ blocks, language, lines, answerable, maybeTwice }: MailBody): string {
  const parts: string[] = []
  if (answerable) parts.push(lines.replyAbove)
  for (const block of blocks) parts.push(blockText(block, lines, language))
  if (maybeTwice) parts.push(lines.maybeRepeated)
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block, lines: FixedLines, language: string): string {
  switch (block.kind) {
    case 'said': {
      const text = bodyText(block.text).trim()
      return block.by === null ? text : `${lines.wrote(headerText(block.by, 80))}\n\n${text}`
    }
    case 'note':
      return bodyText(block.text).trim()
    case 'earlier':
      return [
        headerText(block.title, 120),
        ...block.entries.map(
          (entry) =>
            `${headerText(entry.by, 80)} · ${when(entry.at, language)}\n${quoted(bodyText(entry.text).trim())}`,
        ),
      ].join('\n\n')
    case 'link':
      return `${headerText(block.label, 120)}:\n${block.url}`
    case 'code':
      return `${headerText(block.label, 120)}:\n\n    ${headerText(block.code, 80)}`
  }
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}
