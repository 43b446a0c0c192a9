import type { ConversationView, DeliveryState } from '@parley/protocol'
import { isSameDay } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
import { insideOf } from '../structure/inside.model.ts'
import type { Word } from '../words/words.model.ts'

/** How far something said has got with one of those it was said to. `stored`: safe here, nothing known beyond that. */
export interface Fate {
  alias: string
  state: DeliveryState | 'stored'
  reason: string | null
}

/** What became of one's own message, for each who should get it. Their window's word counts before any other medium's. */
export function fatesOf({ author, places }: Line): Fate[] {
  if (!author?.you) return []
  return places.flatMap(({ view, message }) =>
    view.participants
      .filter((one) => !one.you && one.state === 'here' && one.role !== 'observer')
      .map((one) => {
        if (one.read >= message.n) return { alias: one.alias, state: 'read' as const, reason: null }
        if (one.delivered >= message.n) return { alias: one.alias, state: 'delivered' as const, reason: null }
        const tick = message.ticks?.find((other) => other.participant === one.id)
        return { alias: one.alias, state: tick?.state ?? ('stored' as const), reason: tick?.reason ?? null }
      }),
  )
}

export const stateWords: Record<Fate['state'], Word> = {
  stored: 'state.stored',
  queued: 'state.queued',
  sending: 'state.sending',
  sent: 'state.sent',
  delivered: 'state.delivered',
  read: 'state.read',
  failed: 'state.failed',
  unknown: 'state.unknown',
  replaced: 'state.replaced',
}

/** A person has to look at these. */
export const isTrouble = (state: Fate['state']): boolean => state === 'failed' || state === 'unknown'

/** Our own reasons; those of a channel or of the other side's server are shown as they came. */
const reasonWords: Record<string, Word> = {
  'address-removed': 'reason.addressRemoved',
  'offer-withdrawn': 'reason.offerWithdrawn',
  'process-ended': 'reason.processEnded',
}
export const reasonWord = (reason: string): Word | null => reasonWords[reason] ?? null

export interface Group {
  /** A day begins here. */
  day: string | null
  author: Line['author']
  lines: Line[]
  /** Somebody came in or left, and nothing was said. */
  coming?: Coming
}

export interface Coming {
  id: string
  at: string
  alias: string
  word: 'conversation.joined' | 'conversation.left'
  /** Why it went on without them, in words. */
  because?: string
}

/** When the other people who answer came in and left: not the visitor, whose question began it, nor oneself, but where it went on without one. */
export function comingsIn({ interactions }: Pick<ConversationView, 'interactions'>): Coming[] {
  const comings = new Map<string, Coming>()
  // Who comes into a backchannel is said where that is looked at by itself.
  const outer = interactions.filter(({ kind }) => kind !== 'backchannel')
  for (const one of (outer.length > 0 ? outer : interactions).flatMap(({ participants }) => participants)) {
    const { alias, you, role, joinedAt, leftAt, leftBecause } = one
    if ((you && !leftBecause) || alias === '' || role !== 'responder') continue
    for (const [at, word] of [
      [you ? undefined : joinedAt, 'conversation.joined'],
      [leftAt, 'conversation.left'],
    ] as const) {
      // The same person in a second circle of the conversation is no second arrival.
      const id = `${word} ${alias}`
      const known = comings.get(id)
      if (!at || (known && known.at <= at)) continue
      const why = word === 'conversation.left' && leftBecause ? { because: leftBecause } : {}
      comings.set(id, { id, at, alias, word, ...why })
    }
  }
  return [...comings.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
}

const pauseMs = 5 * 60_000

/**
 * Lines of one author that follow each other closely are read as one; a house line, or somebody's coming, stands alone. Comings from before
 * the first line that is loaded belong to what is not.
 */
export function groupsOf(lines: readonly Line[], comings: readonly Coming[] = []): Group[] {
  const groups: Group[] = []
  const first = lines[0]?.message.at ?? ''
  const still = comings.filter(({ at }) => first !== '' && at >= first)
  let before: string | undefined
  const dayOf = (at: string) => (before && isSameDay(new Date(before), new Date(at)) ? null : at)
  const addUntil = (end: string | null) => {
    for (let coming = still[0]; coming && (end === null || coming.at <= end); coming = still[0]) {
      still.shift()
      groups.push({ day: dayOf(coming.at), author: null, lines: [], coming })
      before = coming.at
    }
  }
  for (const line of lines) {
    addUntil(line.message.at)
    const { at } = line.message
    const day = dayOf(at)
    const isClose = before && new Date(at).getTime() - new Date(before).getTime() < pauseMs
    const group = groups.at(-1)
    const isOne = group?.lines[0] && insideOf(group.lines[0])?.view.id === insideOf(line)?.view.id
    if (isOne && !day && isClose && line.author && group.author?.id === line.author.id) group.lines.push(line)
    else groups.push({ day, author: line.author, lines: [line] })
    before = at
  }
  addUntil(null)
  return groups
}
