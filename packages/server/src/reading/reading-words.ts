import type { BeginHunt } from '../road/index.ts'
import { askTopic, takeTopicAnswer } from './ask-topic.ts'
import type { ReadingModels } from './models.ts'
import { readQuestion } from './read-question.ts'

/**
 * What the road calls with a visitor's words: they are read first, so that whoever looks for people, and the concierge, know what they are about;
 * and where neither has anything to ask, the visitor is asked which of two topics is meant.
 */
export function readingWords(models: ReadingModels, next: BeginHunt): BeginHunt {
  return async (turn) => {
    await takeTopicAnswer(turn)
    const unsure = await readQuestion(turn, models)
    await next(turn)
    if (unsure) await askTopic(turn, unsure)
  }
}
