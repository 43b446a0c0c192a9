import type { Block, OutboundDelivery } from './outbound.ts'

export interface LinesOptions {
  /**
   * `links` (default): below the text, each file's name and the address of its page. `left-out`: the channel carries the files itself.
   */
  readonly attachments?: 'links' | 'left-out'
}

/**
 * A delivery as the plain text of a medium of style `lines` (SMS, a messenger): what is said, and nothing that the reader has before them
 * already. A tag stands before everything, as an answer begins with it; a name stands before words only where several could have said them;
 * a code stands on a line of its own. Ready to be split into segments: no line ends in a blank, none is empty but around a code.
 */
export function renderLines(delivery: OutboundDelivery, options: LinesOptions = {}): { text: string } {
  const lines = delivery.content.blocks.flatMap(linesOf)
  if (options.attachments !== 'left-out') {
    lines.push(...delivery.attachments.map(({ name, url }) => `${onOneLine(name)}: ${url}`))
  }
  const text = tidy(lines)
  const tag = delivery.relay?.pooled?.tag
  return { text: tag ? `${tag}: ${text}` : text }
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'said':
      return [block.by === null ? block.text : `${onOneLine(block.by)}: ${block.text}`]
    case 'note':
      return [block.text]
    case 'link':
      return [`${block.label}: ${block.url}`]
    case 'code':
      return [block.label, '', block.code, '']
    case 'earlier':
      return []
  }
}

function tidy(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A name cannot make a line of its own, and so look like somebody else's words. */
const onOneLine = (name: string) => name.replace(/\s+/g, ' ').trim()
