import type { DeliveryState } from '@parley/protocol'

/** From what has come nowhere to what was read. */
const order: readonly DeliveryState[] = [
  'replaced',
  'failed',
  'unknown',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
]

interface Tick {
  /** The place that the author takes it for, and the one that it is. */
  readonly participant: string
  readonly place: string
  readonly state: DeliveryState
}

/** Ticks as their author tells places apart: of several behind one face that of whoever it has come furthest to. */
export function foldTicks<T extends Tick>(ticks: readonly T[]): T[] {
  if (ticks.every(({ participant, place }) => participant === place)) return [...ticks]
  return [...Map.groupBy(ticks, ({ participant }) => participant).values()].flatMap((same) =>
    same.some(({ participant, place }) => participant !== place)
      ? (same.toSorted((a, b) => rankOf(b.state) - rankOf(a.state))[0] ?? [])
      : same,
  )
}

export const rankOf = (state: DeliveryState): number => order.indexOf(state)
