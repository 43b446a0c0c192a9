import type { TicketId, TopicId } from '@parley/model'
import { classify, type Fact, type TopicReading } from '@parley/rules'
import { addFacts } from '../hunting/index.ts'
import { askedNow, type Turn } from '../road/index.ts'
import { type Reading, type ReadingModels, topicsOn } from './models.ts'
import { noteTopic } from './note-topic.ts'
import { readKnownFacts, readOwnWords } from './own-words.ts'

/** What was read, where the visitor is to be asked which of two topics is meant. */
export interface Unsure {
  readonly ticket: TicketId
  readonly topics: readonly [TopicId, TopicId]
  readonly names: ReadonlyMap<TopicId, Record<string, string>>
}

/**
 * Reads what the visitor has said so far, in the transaction that stores it: language, products, numbers, and the topic where none was chosen
 * or answered. What is read stands on the ticket with its confidence. A topic that is not sure is no fact, so that nobody who could help is left
 * out on a guess; it is asked about instead.
 */
export async function readQuestion(turn: Turn, models: ReadingModels): Promise<Unsure | null> {
  const { account, site } = turn.structure
  const ticket = askedNow(turn)
  if (!ticket || ticket.admitted > 0) return null
  const text = await readOwnWords(turn, ticket)
  if (text === '') return null
  const reading = await models.current(turn.tx, account)
  const known = await readKnownFacts(turn, ticket.id)
  const names = await topicsOn(turn.tx, account, site)
  const isTold = known.some(({ about, source }) => about === 'topic' && (source === 'chosen' || source === 'answered'))
  const topic =
    isTold || !reading.model ? null : classify(reading.model, text, { among: new Set<string>(names.keys()) })
  const facts = factsOf(text, reading, topic, known)
  await noteTopic(turn, ticket.id, facts)
  await addFacts(turn, ticket.id, facts)
  if (!topic?.ask) return null
  return { ticket: ticket.id, topics: topic.ask as unknown as [TopicId, TopicId], names }
}

function factsOf(
  text: string,
  { detect, find, candidates }: Reading,
  topic: TopicReading | null,
  known: readonly Fact[],
): Fact[] {
  const source = 'classified'
  const { language, confidence } = detect(text, candidates)
  const { products, numbers } = find(text)
  const facts: Fact[] = [
    ...(language ? [{ about: 'language', value: language, source, confidence } as const] : []),
    ...products.map(
      ({ key, confidence: sure }) => ({ about: 'product', value: key, source, confidence: sure }) as const,
    ),
    ...numbers.map(({ name, value }) => ({ about: `field:${name}`, value, source, confidence: 1 }) as const),
    ...(topic?.topic
      ? [{ about: 'topic', value: topic.topic, source, confidence: topic.ranked[0]?.confidence ?? 0 } as const]
      : []),
  ]
  // What was read from fewer words and no longer is, is taken back.
  const gone = known.filter((fact) => fact.source === source && !facts.some(({ about }) => about === fact.about))
  return [...facts, ...gone.map(({ about }) => ({ about, value: '', source }) as const)]
}
