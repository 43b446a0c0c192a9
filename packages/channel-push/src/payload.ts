import { createHash } from 'node:crypto'
import type { Block, OutboundDelivery } from '@parley/channel-sdk'

/** What a service worker of ours is given. It shows it, and opens `url` when it is clicked. */
export interface Payload {
  title: string
  body: string
  url: string
  /** The same for everything from one place: what is newer stands where what is older stood. */
  tag: string
  /** Milliseconds since 1970: when it was said. */
  at?: number
  /** For the direction in which it is written. */
  lang: string
}

/** A push message is 4,096 bytes at most (RFC 8030 §7.2), encryption takes 103 of them (RFC 8291 §4). */
const mostBytes = 3_000
const mostTitle = 120

/** What is said, cut to what a push carries; null where nothing says which page to open. */
export function payloadOf(delivery: OutboundDelivery): Payload | null {
  const { blocks } = delivery.content
  const link = blocks.find((block) => block.kind === 'link')
  if (!link) return null
  const said = blocks.find((block) => block.kind === 'said')
  const payload: Payload = {
    title: cut(said?.by ?? delivery.thread.subject, mostTitle),
    body: '',
    url: link.url,
    tag: tagOf(link.url),
    ...(said?.at ? { at: said.at.getTime() } : {}),
    lang: delivery.language,
  }
  const text = blocks.flatMap(textOf).join('\n').trim()
  return { ...payload, body: fit(text, mostBytes - byteLength(JSON.stringify(payload))) }
}

/** 32 characters of base64url, which is what a Topic may have (RFC 8030 §5.4). */
function tagOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 32)
}

function textOf(block: Block): string[] {
  return block.kind === 'said' || block.kind === 'note' ? [block.text] : []
}

const byteLength = (text: string) => Buffer.byteLength(text)

function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}

/** So much of it that its JSON has so many bytes; control characters grow sixfold there. */
function fit(text: string, most: number): string {
  let room = most - byteLength('…')
  let kept = ''
  for (const character of text) {
    room -= byteLength(JSON.stringify(character)) - 2
    if (room < 0) return `${kept.trimEnd()}…`
    kept += character
  }
  return text
}
