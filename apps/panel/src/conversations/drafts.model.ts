/** Texts by the place that they are for: a conversation, or something in it, as `conversation.place`, or a question, as `question.offer`. */
export type Drafts = ReadonlyMap<string, string>

export const forQuestions = 'question'

export const conversationOf = (place: string): string => place.split('.')[0] ?? place

/** The conversations to which something is still to be said. */
export const conversationsWithDrafts = (drafts: Drafts): string[] =>
  [...new Set([...drafts.keys()].map(conversationOf))].filter((one) => one !== forQuestions)

/**
 * What is to be kept instead, once a conversation goes on in another, or, with null, nowhere: an empty text where there is none any more. What
 * was begun at both ends is said after the other.
 */
export function draftsThatLead(drafts: Drafts, from: string, to: string | null): Drafts {
  const instead = new Map<string, string>()
  for (const [place, text] of drafts) {
    if (conversationOf(place) !== from) continue
    instead.set(place, '')
    if (to === null) continue
    const there = to + place.slice(from.length)
    instead.set(there, [drafts.get(there), text].filter(Boolean).join('\n'))
  }
  return instead
}
