import type { Word } from '../words/words.model.ts'

const words: Record<string, Word> = {
  'unknown-sender': 'held.unknownSender',
  contradicted: 'held.contradicted',
}

/** Why it was kept, in words that help to decide; null for a reason that we have no words for. */
export const whyWord = (why: string): Word | null => words[why] ?? null
