import type { Held, Unsent } from '@parley/client'
import type { AttachmentView, DeliveryState, FormField, MessageView, ParticipantView } from '@parley/protocol'

interface Author {
  alias: string
  colour: number
}

export interface Reader {
  alias: string
  state: 'sent' | 'delivered' | 'read' | 'failed'
}

export interface Bubble {
  kind: 'bubble'
  key: string
  at: number
  mine: boolean
  /** Null for the visitor. */
  author: Author | null
  text: string
  /** First and last of several by the same author in a row. */
  isFirst: boolean
  isLast: boolean
  cut: boolean
  masked: boolean
  unproven: boolean
  erased: boolean
  attachments: readonly AttachmentView[]
  form: { message: string; interaction: string; fields: FormField[]; answered: boolean } | null
  /** Those who alone can read it, when others are there who cannot. */
  onlyTo: string[] | null
  readers: Reader[]
  /** Echo id and state while the server has not confirmed it. */
  unsent: { id: string; state: 'waiting' | 'refused'; why: string } | null
}

export type Item =
  | Bubble
  | { kind: 'line'; key: string; at: number; text: string }
  /** Somebody has come in. */
  | { kind: 'joined'; key: string; at: number; alias: string }
  | { kind: 'day'; key: string; at: number }

interface Place {
  held: Held
  message: MessageView
}

const blank = {
  kind: 'bubble',
  author: null,
  isFirst: true,
  isLast: true,
  cut: false,
  masked: false,
  unproven: false,
  erased: false,
  attachments: [],
  form: null,
  onlyTo: null,
  readers: [],
  unsent: null,
} satisfies Partial<Bubble>

/** A new group begins after this long. */
const pauseMs = 5 * 60_000

/** Several interactions as one: in the order of their times, a message that stands in several of them once. */
export function mergeTimeline(helds: readonly Held[], outbox: readonly Unsent[]): Item[] {
  const places = new Map<string, Place[]>()
  for (const held of helds) {
    for (const message of held.messages) {
      const known = places.get(message.id)
      if (known) known.push({ held, message })
      else places.set(message.id, [{ held, message }])
    }
  }
  const exchanges = helds.filter((held) => held.view.kind === 'exchange')
  const said = [...places.values()].map((list) => toItem(list, exchanges)).filter((item) => item !== null)
  said.unshift(...joined(helds))
  said.sort((one, other) => one.at - other.at)
  const unsent = outbox
    .filter((item) => item.state !== 'said' || !places.has(item.message))
    .map((item) => toUnsentBubble(item, helds))
  return withDays(grouped([...said, ...unsent]))
}

/** Who came in, each once: with the first of the interactions that they are in. */
function joined(helds: readonly Held[]): Item[] {
  const first = new Map<string, Extract<Item, { kind: 'joined' }>>()
  for (const { alias, joinedAt } of helds.flatMap(others)) {
    const at = Date.parse(joinedAt ?? '')
    if (at < (first.get(alias)?.at ?? Infinity)) first.set(alias, { kind: 'joined', key: `joined ${alias}`, at, alias })
  }
  return [...first.values()]
}

function toItem(list: Place[], exchanges: readonly Held[]): Item | null {
  const first = list[0]
  if (!first) return null
  const { message, held } = first
  const at = Date.parse(message.at)
  if (message.from === null) return { kind: 'line', key: message.id, at, text: message.text }
  const author = held.view.participants.find((one) => one.id === message.from)
  const mine = author?.you ?? false
  const { cut = false, masked = false, unproven = false, erased = false, attachments = [], form, text } = message
  const common = { ...blank, key: message.id, at, mine, text, cut, masked, unproven, erased, attachments }
  if (mine) return { ...common, onlyTo: onlyTo(list, exchanges, at), readers: readersOf(list) }
  return {
    ...common,
    author: { alias: author?.alias ?? '', colour: author?.colour ?? 0 },
    form: form ? { message: message.id, interaction: held.view.id, ...form } : null,
  }
}

function onlyTo(list: Place[], exchanges: readonly Held[], at: number): string[] | null {
  const reached = list.filter(({ held }) => held.view.kind === 'exchange')
  if (reached.length === 0) return null
  // Exchanges that began later do not count: nobody was left out of them.
  const missed = exchanges.filter(
    (held) => !reached.some((place) => place.held === held) && Date.parse(held.messages[0]?.at ?? '') < at,
  )
  return missed.length > 0 ? reached.flatMap(({ held }) => others(held).map((one) => one.alias)) : null
}

export function others(held: Held): ParticipantView[] {
  return held.view.participants.filter((one) => !one.you && one.role === 'responder')
}

const rank: Record<Reader['state'], number> = { failed: 0, sent: 1, delivered: 2, read: 3 }

/** How far it got with each reader: by their window's watermarks, or by what the medium reports. */
function readersOf(list: Place[]): Reader[] {
  const best = new Map<string, Reader>()
  for (const { held, message } of list) {
    for (const { id, alias, read, delivered, state: presence } of others(held)) {
      const tick = message.ticks?.find((one) => one.participant === id)
      const state = read >= message.n ? 'read' : delivered >= message.n ? 'delivered' : toState(tick?.state)
      if (presence === 'left' && state === 'sent') continue
      const known = best.get(alias)
      if (!known || rank[known.state] < rank[state]) best.set(alias, { alias, state })
    }
  }
  return [...best.values()]
}

const toState = (state: DeliveryState | undefined): Reader['state'] =>
  state === 'delivered' || state === 'read' || state === 'failed' ? state : 'sent'

function toUnsentBubble(item: Unsent, helds: readonly Held[]): Bubble {
  const { to } = item
  const target = 'interaction' in to ? helds.find((held) => held.view.id === to.interaction) : undefined
  const exchanges = helds.filter((held) => held.view.kind === 'exchange')
  return {
    ...blank,
    key: item.id,
    at: item.since,
    mine: true,
    text: item.text || Object.values(item.form?.answers ?? {}).join('\n'),
    onlyTo: target && exchanges.length > 1 ? others(target).map((one) => one.alias) : null,
    unsent: {
      id: item.id,
      state: item.state === 'refused' ? 'refused' : 'waiting',
      why: item.state === 'refused' ? item.why : '',
    },
  }
}

function grouped(items: Item[]): Item[] {
  const belongs = (one: Item | undefined, other: Item | undefined) =>
    one?.kind === 'bubble' &&
    other?.kind === 'bubble' &&
    one.mine === other.mine &&
    one.author?.alias === other.author?.alias &&
    one.author?.colour === other.author?.colour &&
    Math.abs(one.at - other.at) < pauseMs
  return items.map((item, index) =>
    item.kind === 'bubble'
      ? { ...item, isFirst: !belongs(items[index - 1], item), isLast: !belongs(item, items[index + 1]) }
      : item,
  )
}

function withDays(items: Item[]): Item[] {
  let last = ''
  return items.flatMap((item): Item[] => {
    const day = new Date(item.at).toDateString()
    if (day === last) return [item]
    last = day
    return [{ kind: 'day', key: day, at: item.at }, item]
  })
}

/** What came from others and was not read yet. */
export function countUnread(helds: readonly Held[]): number {
  const unread = new Set<string>()
  for (const { view, messages } of helds) {
    const you = view.participants.find((one) => one.you)
    for (const { n, id, from } of messages)
      if (from !== null && from !== you?.id && n > (you?.read ?? 0)) unread.add(id)
  }
  return unread.size
}
