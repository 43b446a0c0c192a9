import type { TeamId, TicketId } from '@parley/model'
import { type Fact, type HelpRequest, requestFacts, type ScreeningPolicy, screen, type Target } from '@parley/rules'
import { sql } from 'kysely'
import { askerOn, identitiesBeside, type Structure, type Turn } from '../road/index.ts'
import { word } from '../words/index.ts'

/** An excerpt long enough to judge a question by, short enough for a text message in a few parts. */
const excerptLength = 1_000
/** Words of a request beyond these change nobody's mind about it. */
const wordsLength = 20_000

/**
 * What the visitor has said on a ticket so far in their own words, as far as it was not taken back, oldest first; null before the first word.
 * After a move the latest counts, else the beginning. Where the site gives newcomers no history, only what was asked of everyone: not what
 * was said to who answered.
 */
export async function readWords(turn: Turn, ticket: TicketId): Promise<string | null> {
  const { structure } = turn
  const kinds = structure.policy.history === 'none' ? ['intake'] : ['intake', 'exchange', 'backchannel']
  const { rows } = await sql<{ text: string }>`
    select message_id, body as text from (
      select distinct on (m.message_id) m.message_id, m.body, m.at from placement p
      join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
      join message m on m.account_id = p.account_id and m.message_id = p.message_id
      where i.account_id = ${structure.account} and i.conversation_id = ${structure.conversation} and i.ticket_id = ${ticket}
        and i.kind = any(${kinds}::text[]) and m.person_id = ${askerOn(structure, ticket)} and m.kind <> 'answer'
        and p.position <> all(i.withdrawn)
    ) as said order by at`.execute(turn.tx)
  const text = rows
    .map((row) => row.text)
    .join('\n')
    .trim()
  return text ? text.slice(0, wordsLength) : null
}

/** The request that a search compares with what responders want. */
export function toRequest(
  known: { facts: readonly Fact[]; target: Target | null },
  text: string | null,
  answering: readonly TeamId[] | null = null,
): HelpRequest {
  const target = known.target ?? (answering ? { teams: answering } : null)
  return { facts: requestFacts(known.facts), text, ...(target ? { target } : {}) }
}

/** The teams that a ticket's own rules, or its conversation's, say are to answer. */
export function answeringTeams({ structure }: Turn, ticket: TicketId): readonly TeamId[] | null {
  return structure.tickets.find(({ id }) => id === ticket)?.answering ?? null
}

/** With what whoever had it before tells the next: first, as it is meant for them alone. */
export function withNote({ structure }: Turn, excerpt: string, note: string | null): string {
  if (note === null) return excerpt
  const { text } = screen(note, strictly(structure))
  return [word(structure.language, 'transfer-note', { note: text }), excerpt].filter(Boolean).join('\n')
}

function strictly(structure: Structure): ScreeningPolicy {
  const { visitor, policy } = structure
  const known = identitiesBeside(structure, visitor)
  return { mask: 'all', strict: true, style: 'dots', known, countries: policy.countries }
}

/** What somebody who is asked is shown: what was said, and what is known under a label, screened most strictly. Empty before the first word. */
export function excerptOf(turn: Turn, known: { facts: readonly Fact[]; moves: number }, text: string | null): string {
  const said = text === null ? '' : known.moves > 0 ? text.slice(-excerptLength) : text.slice(0, excerptLength)
  const labelled = known.facts.flatMap(({ label, value, shown }) => (label ? [`${label}: ${shown ?? value}`] : []))
  const whole = [said, ...labelled]
    .filter(Boolean)
    .join('\n')
    .slice(0, 2 * excerptLength)
  return screen(whole, strictly(turn.structure)).text
}
