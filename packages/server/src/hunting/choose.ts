import type { AccountId, ConversationId, PersonId, TeamId, TopicId } from '@parley/model'
import { nearestLanguage, parseId } from '@parley/model'
import type { RefusalReason } from '@parley/protocol'
import { chosenFacts, contextFacts, type Fact } from '@parley/rules'
import { sealMetadata } from '../conversations/index.ts'
import { askedBy, asks, type Road, type TicketPlace, type Turn } from '../road/index.ts'
import { addFacts } from './add-facts.ts'
import { refineHunt } from './refine-hunt.ts'

export interface Choice {
  readonly topic?: string | undefined
  readonly language?: string | undefined
  readonly region?: string | undefined
  readonly fields?: Record<string, string> | undefined
  /** How many people may answer at most, where the site lets the visitor choose. */
  readonly answers?: number | undefined
  /** The team or department that it is for; an empty one takes it back. */
  readonly team?: string | undefined
  /** Told by the page; replaces what it told before. */
  readonly context?: Record<string, string>
}

/** What the visitor chooses or fills in. Null when it was taken. Whom and what it is about can be chosen until somebody has answered. */
export async function choose(
  road: Road,
  wanted: { account: AccountId; person: PersonId; conversation: ConversationId; choice: Choice },
): Promise<RefusalReason | null> {
  const refusal = await road.inConversation(wanted.account, wanted.conversation, async (turn) => {
    if (!asks(turn.structure, wanted.person) || turn.structure.kind === 'own') return 'not-there'
    if (turn.structure.state === 'closed') return 'conversation-closed'
    return applyChoice(turn, wanted.choice, wanted.person)
  })
  return refusal === null ? 'not-there' : refusal === 'taken' ? null : refusal
}

async function applyChoice(turn: Turn, choice: Choice, person: PersonId): Promise<RefusalReason | 'taken'> {
  const { structure, tx } = turn
  const { window } = structure.policy
  const ticket = structure.tickets.length === 1 ? structure.tickets[0] : askedBy(structure, person)
  if (choice.topic !== undefined) {
    const topic = parseId<TopicId>(choice.topic)
    if (!topic || !ticket || ticket.admitted > 0) return 'unknown-choice'
    const found = await tx
      .selectFrom('topic')
      .select('topic_id')
      .where('account_id', '=', structure.account)
      .where('site_id', '=', structure.site)
      .where('topic_id', '=', topic)
      .executeTakeFirst()
    if (!found) return 'unknown-choice'
    await tx
      .updateTable('ticket')
      .set({ topic_id: topic })
      .where('account_id', '=', structure.account)
      .where('ticket_id', '=', ticket.id)
      .execute()
  }
  if (choice.region !== undefined && choice.region !== '' && !window.regions.includes(choice.region))
    return 'unknown-choice'
  const whom = ticket ? await chooseWhom(turn, ticket, choice) : 'taken'
  if (whom !== 'taken') return whom
  const names = new Set(window.fields.map(({ name }) => name))
  for (const [name, value] of Object.entries(choice.fields ?? {})) {
    const field = window.fields.find((one) => one.name === name)
    if (!names.has(name) || (field?.choices && value !== '' && !field.choices.includes(value))) return 'unknown-choice'
  }
  await tx
    .updateTable('conversation')
    .set({
      language: choice.language === undefined ? structure.language : nearestLanguage(choice.language),
      region: choice.region === undefined ? structure.region : choice.region || null,
      metadata: JSON.stringify(await metadataWith(turn, choice)),
    })
    .where('account_id', '=', structure.account)
    .where('conversation_id', '=', structure.conversation)
    .execute()
  await turn.restructure()
  if (ticket && choice.team !== undefined) await refineHunt(turn, ticket.id)
  if (ticket) await addFacts(turn, ticket.id, factsOf(turn, choice))
  return 'taken'
}

/** Read and written under the conversation's lock: what is sealed cannot be put together in the database. */
async function metadataWith({ tx, structure }: Turn, choice: Choice): Promise<Record<string, unknown>> {
  const { metadata: before } = await tx
    .selectFrom('conversation')
    .select(['conversation_id', 'metadata'])
    .where('account_id', '=', structure.account)
    .where('conversation_id', '=', structure.conversation)
    .executeTakeFirstOrThrow()
  const fields = { ...(before.fields as object | undefined), ...choice.fields }
  const metadata = { ...before, fields, ...(choice.context ? { context: choice.context } : {}) }
  return structure.encryption === 'sealed'
    ? sealMetadata(tx, { conversation: structure.conversation, by: structure.visitor }, metadata)
    : metadata
}

/** How many may answer, and which team it is for: on the ticket, until somebody has answered. */
async function chooseWhom(turn: Turn, ticket: TicketPlace, choice: Choice): Promise<RefusalReason | 'taken'> {
  const { structure, tx } = turn
  if (choice.answers === undefined && choice.team === undefined) return 'taken'
  if (ticket.admitted > 0) return 'unknown-choice'
  const { answers } = choice
  const most = structure.policy.hunt.visitorMayChoose ?? 0
  if (answers !== undefined && (!Number.isInteger(answers) || answers < 1 || answers > most)) return 'unknown-choice'
  const team = choice.team ? parseId<TeamId>(choice.team) : null
  if (choice.team && !(team && (await isTeam(turn, team)))) return 'unknown-choice'
  const { withinMs, prefer, byInvitation } = ticket.admission
  const limits = {
    ...(withinMs ? { withinMs } : {}),
    ...(prefer ? { prefer } : {}),
    ...(byInvitation ? { byInvitation } : {}),
  }
  await tx
    .updateTable('ticket')
    .set({
      ...(answers === undefined ? {} : { admission: JSON.stringify({ kind: 'first-n', slots: answers, ...limits }) }),
      ...(choice.team === undefined ? {} : { target: team ? JSON.stringify({ teams: [team] }) : null }),
    })
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', ticket.id)
    .execute()
  return 'taken'
}

async function isTeam({ tx, structure }: Turn, team: TeamId): Promise<boolean> {
  const found = await tx
    .selectFrom('team')
    .select('team_id')
    .where('account_id', '=', structure.account)
    .where('team_id', '=', team)
    .executeTakeFirst()
  return found !== undefined
}

function factsOf(turn: Turn, { topic, language, region, fields, context }: Choice): readonly Fact[] {
  return [
    ...chosenFacts({
      ...(topic === undefined ? {} : { topic }),
      ...(language === undefined ? {} : { language: turn.structure.language }),
      ...(region === undefined ? {} : { region }),
      ...(fields === undefined ? {} : { fields }),
    }),
    ...(context ? contextFacts(context) : []),
  ]
}
