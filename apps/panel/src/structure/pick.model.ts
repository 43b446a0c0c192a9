import type { Line } from '../live/live.model.ts'

/** Messages that were chosen in the log, all of one interaction: what is split off or copied comes from one place. */
export interface Picked {
  interaction: string | null
  messages: readonly string[]
}
export const nothingPicked: Picked = { interaction: null, messages: [] }

/** From where a line would be taken; null where it stands nowhere that was begun with. A line of the house is nobody's to take. */
export function placeToPick(picked: Picked, { author, places }: Line): string | null {
  if (!author) return null
  if (picked.interaction === null) return places[0]?.view.id ?? null
  return places.some(({ view }) => view.id === picked.interaction) ? picked.interaction : null
}

export function pick(picked: Picked, line: Line): Picked {
  const interaction = placeToPick(picked, line)
  if (interaction === null) return picked
  const { id } = line.message
  const isIn = picked.messages.includes(id)
  const messages = isIn ? picked.messages.filter((one) => one !== id) : [...picked.messages, id]
  return messages.length === 0 ? nothingPicked : { interaction, messages }
}

/** In the order in which they were said, whichever was chosen first. */
export const inOrderOf = (picked: Picked, lines: readonly Line[]): string[] =>
  lines.map(({ message }) => message.id).filter((id) => picked.messages.includes(id))
