import type { Abilities, Block } from '@parley/channel-sdk'
import type { Reader } from '../db/index.ts'
import { nameAsker, word } from '../words/index.ts'
import type { Composed, Facts } from './compose-notice.ts'
import { storySoFar } from './earlier-entries.ts'
import type { DeliveryRow } from './record-attempt.ts'

/** What a letter holds of each thing said, and what a text message does: enough to go on, and no more than it costs. */
const longest = { letters: 2_000, lines: 160 }
/** So many of the last words stand in a text message. */
const lastLines = 2

/**
 * What was said so far, for who has got a conversation from somebody else: the whole story in a letter, the last words in lines, and where
 * all of it can be read. Null where there is nothing that they may read.
 */
export async function composeStory(
  reader: Reader,
  row: DeliveryRow,
  facts: Facts,
  { style }: Pick<Abilities, 'style'>,
  reReadLink: Block,
): Promise<Composed | null> {
  const { language } = facts
  const asker = nameAsker(language, facts.asker, facts.region)
  const { entries, isWhole } = await storySoFar(reader, row, asker)
  if (entries.length === 0 && isWhole) return null
  const said = entries.map(({ by, text, at }) => ({ by, text: shorten(text, longest[style]), at }))
  const intro: Block = { kind: 'note', text: word(language, 'story-so-far') }
  const shown = style === 'lines' ? said.slice(-lastLines) : said
  const blocks = shown.map((entry): Block => ({ kind: 'said', ...entry }))
  const how: Block[] = style === 'lines' ? [] : [{ kind: 'note', text: word(language, 'message-how') }]
  return { alias: facts.site, attachments: [], blocks: [intro, ...blocks, ...how, reReadLink] }
}

function shorten(text: string, most: number): string {
  const trimmed = text.trim()
  return trimmed.length <= most ? trimmed : `${trimmed.slice(0, most - 1).trimEnd()}…`
}
