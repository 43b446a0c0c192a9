/**
 * The three forms of what somebody wrote (settled: screening keeps three).
 * `visible` is what readers see; `full` is decoded and uncut, one click away for every reader, so that a wrong cut loses nothing;
 * the raw bytes are sealed and kept apart. When nothing was cut, `full` equals `visible`.
 */
export interface Said {
  visible: string
  full: string
  cuts: Cut[]
}

/** A part of `full` that `visible` leaves out: half-open character offsets and the reason. */
export interface Cut {
  from: number
  to: number
  why: 'quote' | 'signature' | 'disclaimer' | 'marker' | 'attribution' | 'header'
}

/** Text that needs no cutting: typed into a window or a desk. */
export function plainly(text: string): Said {
  return { visible: text, full: text, cuts: [] }
}
