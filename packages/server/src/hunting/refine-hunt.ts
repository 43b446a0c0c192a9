import type { OfferId, TicketId } from '@parley/model'
import { type Criteria, judgePrepared, prepareRequest } from '@parley/rules'
import { sql } from 'kysely'
import { recordEvent } from '../conversations/index.ts'
import type { Turn } from '../road/index.ts'
import { askNewlyMatching } from './ask-people.ts'
import { readHunt } from './read-hunt.ts'
import { answeringTeams, excerptOf, readWords, toRequest } from './read-request.ts'
import { planNews } from './tell-news.ts'
import { withdrawUnwanted } from './withdraw-offers.ts'

/**
 * More is known of a request that people are being asked about. Those who turn out not to want such a question are told so kindly, as the
 * site's policy says, and those who want it now are asked at once. Hours change nothing here: whoever was asked may answer.
 */
export async function refineHunt(turn: Turn, ticket: TicketId): Promise<void> {
  const hunt = await readHunt(turn, ticket)
  if (hunt.state !== 'open' || hunt.admitted > 0 || (hunt.hunt !== 'looking' && hunt.hunt !== 'nobody')) return
  await withdrawUnmatching(turn, ticket)
  await askNewlyMatching(turn, ticket)
}

/** Those who are asked and turn out not to want such a question are told; the others hear what is new. */
export async function withdrawUnmatching(turn: Turn, ticket: TicketId): Promise<void> {
  const { structure, tx } = turn
  const hunt = await readHunt(turn, ticket)
  const text = await readWords(turn, ticket)
  const request = prepareRequest(toRequest(hunt, text, answeringTeams(turn, ticket)))
  const { rows } = await sql<{ offer: OfferId; person: string; byHand: boolean; criteria: Criteria; teams: string[] }>`
    select o.offer_id as offer, o.person_id as person, coalesce(c.wants, '{}') as criteria,
      o.why @> '{"named": true, "moved": "by-hand"}' as "byHand",
      array(select m.team_id from team_member m where m.account_id = o.account_id and m.person_id = o.person_id) as teams
    from offer o left join criteria c on c.account_id = o.account_id and c.person_id = o.person_id
    where o.account_id = ${structure.account} and o.ticket_id = ${ticket} and o.state = 'open'`.execute(tx)
  const unwanted = rows.flatMap((row) => {
    const { because } = judgePrepared(row, request, turn.now)
    return because && (row.byHand ? notMeant : wishes).has(because.code) ? [{ ...row, because }] : []
  })
  if (unwanted.length > 0 && structure.policy.hunt.noLongerMatching === 'withdraw') {
    await withdrawUnwanted(
      turn,
      unwanted.map(({ offer }) => offer),
    )
    const { account, conversation } = structure
    const verdicts = unwanted.map(({ person, because }) => ({ person, because }))
    await recordEvent(tx, { account, conversation, ticket, kind: 'hunt-refined', facts: { verdicts } }, turn.now)
  }
  await planNews(turn, hunt, excerptOf(turn, hunt, text))
}

/** It is meant for others. */
const notMeant: ReadonlySet<string> = new Set(['not-targeted'])
/** What stands against a question itself, and not only against this hour; whom somebody named is asked whatever they wish. */
const wishes: ReadonlySet<string> = new Set([...notMeant, 'other-than-wanted', 'none-of-any', 'not-wanted'])
