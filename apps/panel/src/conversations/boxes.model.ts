import { type Inside, insideOf } from '../structure/inside.model.ts'
import type { Group } from './message.model.ts'

export interface Box {
  /** Null for what the outside sees: such a box holds one group. */
  inside: Inside | null
  groups: Group[]
}

/** What was said in one backchannel without a break stands in one box, so that it reads as what it is: a talk beside the talk. */
export function boxesOf(groups: readonly Group[]): Box[] {
  const boxes: Box[] = []
  for (const group of groups) {
    const [first] = group.lines
    const inside = first ? insideOf(first) : null
    const last = boxes.at(-1)
    if (inside && !group.day && last?.inside?.view.id === inside.view.id) last.groups.push(group)
    else boxes.push({ inside, groups: [group] })
  }
  return boxes
}
