import type { DeliveryState } from '@parley/protocol'
import { isSameDay } from '../desk/times.model.ts'
import type { Line } from '../live/live.model.ts'
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
}

const pauseMs = 5 * 60_000

/** Lines of one author that follow each other closely are read as one; a house line stands alone. */
export function groupsOf(lines: readonly Line[]): Group[] {
  const groups: Group[] = []
  let before: Line | undefined
  for (const line of lines) {
    const at = new Date(line.message.at)
    const isNewDay = !before || !isSameDay(new Date(before.message.at), at)
    const isClose = before && at.getTime() - new Date(before.message.at).getTime() < pauseMs
    const group = groups.at(-1)
    if (group && !isNewDay && isClose && line.author && group.author?.id === line.author.id) group.lines.push(line)
    else groups.push({ day: isNewDay ? line.message.at : null, author: line.author, lines: [line] })
    before = line
  }
  return groups
}
