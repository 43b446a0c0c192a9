import type { InteractionView } from '@parley/protocol'
import type { Line } from '../live/live.model.ts'

/** Where something is said that who asked never sees. */
export interface Inside {
  view: InteractionView
  isWhisper: boolean
}

/**
 * The backchannel that a line was said in; null where it stands in an exchange as well: then it was said to the outside, and must look so.
 */
export function insideOf({ places }: Pick<Line, 'places'>): Inside | null {
  const [first] = places
  if (!first || places.some(({ view }) => view.kind !== 'backchannel')) return null
  return { view: first.view, isWhisper: first.view.purpose === 'whisper' }
}
