import type { Block } from '@parley/channel-sdk'
import { aliasFor, readViews } from '../conversations/index.ts'
import type { Reader } from '../db/index.ts'
import { readAllMessages } from '../exporting/index.ts'
import { word } from '../words/index.ts'
import type { Composed, Facts } from './compose-notice.ts'
import type { DeliveryRow } from './record-attempt.ts'

/**
 * All that its reader may read of their conversation when it is sent, each thing said once, with a link to go on. Of what is sealed stands
 * only that it was said. Null where nothing is theirs to read.
 */
export async function composeTranscript(reader: Reader, row: DeliveryRow, facts: Facts): Promise<Composed | null> {
  const { language } = facts
  const asked = { account: row.account_id, person: row.person_id, language, limit: 1 }
  const only = row.conversation_id
  const [found] = only === null ? [] : await readViews(reader, { ...asked, only })
  // What it was asked for may have been merged into another meanwhile.
  const read = found ?? (await readViews(reader, asked))[0]
  if (!read) return null
  const blocks: Block[] = [{ kind: 'note', text: word(language, 'transcript-intro') }]
  blocks.push(...(await readSaid(reader, row, read, language)))
  const url = row.notice?.params.url
  if (url) blocks.push({ kind: 'link', label: word(language, 'recovery-link'), url })
  return {
    alias: facts.site,
    blocks,
    attachments: [],
    subject: word(language, 'transcript-subject', { site: facts.site }),
  }
}

async function readSaid(
  reader: Reader,
  { account_id: account, person_id: person }: DeliveryRow,
  read: Awaited<ReturnType<typeof readViews>>[number],
  language: string,
): Promise<Extract<Block, { kind: 'said' }>[]> {
  const { structure } = read
  const said = new Map<string, { kind: 'said'; by: string; text: string; at: Date }>()
  for await (const message of readAllMessages((work) => work(reader), { account, person, url: () => '' }, read)) {
    if (message.erased) continue
    const author = structure.participants.find((participant) => participant.id === message.from)
    const alias = author ? aliasFor(structure, author, language, person) : ''
    const files = (message.attachments ?? []).map(({ name }) => `[${name}]`).join(' ')
    // What is sealed is read behind the link, and who it is by where it was filed.
    const { by, text } = message.sealed
      ? { by: alias, text: '…' }
      : { by: message.filed?.by ?? alias, text: [message.text, files].filter(Boolean).join('\n') }
    said.set(message.id, { kind: 'said', by, text, at: new Date(message.filed?.at ?? message.at) })
  }
  return [...said.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}
