import { createHash } from 'node:crypto'
import { newId, type PersonId, plainly } from '@parley/model'
import type { Fact } from '@parley/rules'
import { addParticipant } from '../conversations/index.ts'
import { addFacts } from '../hunting/index.ts'
import { askedNow, asks, type Turn } from '../road/index.ts'
import { word } from '../words/index.ts'
import { noteTopic } from './note-topic.ts'
import type { Unsure } from './read-question.ts'

/** Asks which of two topics is meant, once on a ticket, unless a person or a script of the concierge speaks there already. */
export async function askTopic(turn: Turn, { ticket: id, topics, names }: Unsure): Promise<void> {
  const { account, conversation, language, participants } = turn.structure
  const ticket = turn.structure.tickets.find((one) => one.id === id)
  if (!ticket || ticket.admitted > 0 || ticket.state !== 'open') return
  if (participants.some(({ role, left, interaction }) => role === 'virtual' && !left && interaction === ticket.intake))
    return
  if (await readAsked(turn)) return
  const person = await ensureAsker(turn)
  const place = { account, conversation, interaction: ticket.intake, person, from: 1 }
  const alias = word(language, 'assistant')
  await addParticipant(turn.tx, { ...place, role: 'virtual', alias, colour: 0, medium: 'web', address: null }, turn.now)
  await turn.restructure()
  const [first, second] = topics.map((topic) => nameIn(names.get(topic), language))
  if (!first || !second) return
  const choices = [first, second, word(language, 'topic-other')]
  const answer = await turn.say({
    account,
    person,
    to: { conversation, interaction: ticket.intake },
    via: { medium: 'web', address: null },
    said: plainly(word(language, 'topic-which', { first, second })),
    key: createHash('sha256').update(`which topic ${id}`).digest(),
    attachments: [],
    form: {
      kind: 'ask',
      fields: [{ name: 'topic', label: word(language, 'your-answer'), kind: 'choice', required: true, choices }],
    },
    unproven: false,
    rawBlob: null,
    writtenAt: null,
  })
  if (!answer.ok) throw new Error(`the question for a topic was refused: ${answer.refusal}`)
  await turn.tx
    .insertInto('topic_question')
    .values({
      account_id: account,
      ticket_id: id,
      conversation_id: conversation,
      message_id: answer.decided.id,
      topics: [...topics],
      asked_at: turn.now,
    })
    .execute()
}

/** Takes the answer, where the visitor has just given it: it is a fact as sure as any answer, and something to learn from. */
export async function takeTopicAnswer(turn: Turn): Promise<void> {
  const given = turn.says.findLast(({ say }) => asks(turn.structure, say.person))?.say.form
  if (given?.kind !== 'answer') return
  const asked = await readAsked(turn)
  if (!asked || asked.message_id !== given.of || asked.answered_at !== null) return
  const { account, language } = turn.structure
  const rows = await turn.tx
    .selectFrom('topic')
    .select(['topic_id', 'names'])
    .where('account_id', '=', account)
    .where('topic_id', 'in', asked.topics)
    .execute()
  const chosen = rows.find(({ names }) => nameIn(names, language) === given.answers.topic)?.topic_id ?? null
  await turn.tx
    .updateTable('topic_question')
    .set({ answered_at: turn.now, chosen })
    .where('account_id', '=', account)
    .where('ticket_id', '=', asked.ticket_id)
    .execute()
  const facts: Fact[] = [{ about: 'topic', value: chosen ?? '', source: 'answered' }]
  await noteTopic(turn, asked.ticket_id, facts)
  await addFacts(turn, asked.ticket_id, facts)
}

async function readAsked(turn: Turn) {
  const ticket = askedNow(turn)
  if (!ticket) return undefined
  return turn.tx
    .selectFrom('topic_question')
    .selectAll()
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket.id)
    .executeTakeFirst()
}

/** Whoever asks takes part by the same rules as a person, and so is one. */
async function ensureAsker(turn: Turn): Promise<PersonId> {
  const { account, language } = turn.structure
  const row = await turn.tx
    .selectFrom('reading')
    .select('person_id')
    .where('account_id', '=', account)
    .forUpdate()
    .executeTakeFirst()
  if (row?.person_id) return row.person_id
  const person = newId<PersonId>()
  const nobody = { site_id: null, name: null, region: null }
  await turn.tx
    .insertInto('person')
    .values({ account_id: account, person_id: person, kind: 'virtual', language, created_at: turn.now, ...nobody })
    .execute()
  await turn.tx.updateTable('reading').set({ person_id: person }).where('account_id', '=', account).execute()
  return person
}

function nameIn(names: Record<string, string> | undefined, language: string): string | undefined {
  return names?.[language] ?? names?.en ?? Object.values(names ?? {})[0]
}
