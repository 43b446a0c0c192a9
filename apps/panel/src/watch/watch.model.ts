import type { WatchedView } from '@parley/protocol'

/** Is there anything in it that one may open? */
export const isIn = ({ interactions }: Pick<WatchedView, 'interactions'>): boolean =>
  interactions.some(({ you }) => you !== 'none')
