import type { ConversationView } from '@parley/protocol'

/**
 * Is something of what was shown not to be read any more? A conversation has gone, or the numbers of an interaction run anew: what else holds
 * its words is to be asked for again.
 */
export function isForgotten(
  before: ReadonlyMap<string, ConversationView>,
  now: ReadonlyMap<string, ConversationView>,
): boolean {
  for (const [id, was] of before) {
    const is = now.get(id)
    if (is === was) continue
    const numberings = new Map(is?.interactions.map((one) => [one.id, one.numbering]))
    if (!is || was.interactions.some((one) => numberings.get(one.id) !== one.numbering)) return true
  }
  return false
}
