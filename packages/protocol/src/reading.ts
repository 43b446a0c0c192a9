/*
 * What first words are read by, over HTTP, for administrators: `/api/desk/admin/reading`. `:topic` is a topic's id, or `none` for texts that
 * are about none of the topics.
 *
 * GET    /api/desk/admin/reading                          ReadingView
 * GET    /api/desk/admin/reading/topics/:topic/examples   ReadingExamples, the newest first, at most 500
 * POST   /api/desk/admin/reading/topics/:topic/examples   { texts } (at most 2,000 of 2,000 characters) → { added }; 429 `too-many`
 * DELETE /api/desk/admin/reading/examples/:id             {}
 * PUT    /api/desk/admin/reading/topics/:topic/keywords   { keywords } (all of them) → {}
 * POST   /api/desk/admin/reading/products                 { name, names } → ReadingView; one of that name is replaced
 * DELETE /api/desk/admin/reading/products/:id             {}
 * PUT    /api/desk/admin/reading/patterns/:name           { pattern } → {}, or PatternRefused (422)
 * DELETE /api/desk/admin/reading/patterns/:name           {}
 * POST   /api/desk/admin/reading/try                      { text, site } → TriedText
 */

export interface ReadingView {
  topics: ReadingTopic[]
  /** Examples of texts that are about none of the topics. */
  none: number
  products: { id: string; name: string; names: string[] }[]
  patterns: { name: string; pattern: string }[]
  /** Something new is there to learn, or is being learned. */
  isLearning: boolean
  /** When it was learned last, and why nothing came of it where nothing did. */
  learnedAt: string | null
  refusal: 'too-few-topics' | 'too-few-examples' | null
  report: ReadingReport | null
}

export interface ReadingTopic {
  id: string
  site: string
  names: Record<string, string>
  /** Given by administrators. */
  examples: number
  keywords: string[]
}

/** How well topics are told apart, measured on examples that were held back. Shares from 0 to 1; null where nothing could be held back. */
export interface ReadingReport {
  /** With those of the account's own tickets. */
  examples: number
  heldBack: number
  accuracy: number | null
  sure: number | null
  rightWhenSure: number | null
  rightWhenAsked: number | null
  /** By topic id. */
  topics: { label: string; examples: number; accuracy: number | null }[]
  /** Asked as one, taken for another; most frequent first. */
  confusions: { asked: string; takenFor: string; times: number }[]
}

export interface ReadingExamples {
  examples: { id: string; text: string; at: string }[]
}

export interface PatternRefused {
  reason: 'pattern-refused'
  text: string
  /** What is wrong, and where in the pattern, counted from 0. */
  problem:
    | 'empty'
    | 'too-long'
    | 'too-loose'
    | 'unbounded'
    | 'no-groups'
    | 'bad-class'
    | 'bad-repeat'
    | 'nothing-to-repeat'
  at: number
}

export interface TriedText {
  language: string | null
  languageConfidence: number
  /** Topic ids, likeliest first, at most ten. */
  ranked: { id: string; confidence: number }[]
  known: boolean
  topic: string | null
  ask: [string, string] | null
  products: { name: string; words: string; confidence: number }[]
  numbers: { name: string; value: string }[]
}
