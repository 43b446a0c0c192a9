import type { OfferId, PersonId, TicketId } from '@parley/model'
import { chooseCandidates } from '@parley/rules'
import { sql } from 'kysely'
import type { Turn } from '../road/index.ts'
import { makeOffer } from './make-offer.ts'
import { readCandidates } from './read-candidates.ts'
import { readHunt, writeHunt } from './read-hunt.ts'
import { answeringTeams, excerptOf, readWords, toRequest } from './read-request.ts'
import { isAskedSealed } from './seal-offer.ts'

/**
 * Asks people whom somebody has named, whatever they wish to be asked: those who are not full first, and where all are, everyone. Who was
 * asked on this ticket before, or had it, is asked anew over the same addresses.
 */
export async function askByHand(
  turn: Turn,
  { ticket, people, note }: { ticket: TicketId; people: readonly PersonId[]; note: string | null },
): Promise<void> {
  const { tx, now, structure } = turn
  const { account, policy } = structure
  const hunt = await readHunt(turn, ticket)
  const text = await readWords(turn, ticket)
  const request = toRequest(hunt, text, answeringTeams(turn, ticket))
  const candidates = await readCandidates(turn, people, request, { ranked: false, prefer: [] })
  const verdicts = chooseCandidates(candidates, { reach: 'all', room: policy.hunt.most }, turn.random)
  const free = new Set(verdicts.flatMap(({ asked, person }) => (asked ? [person] : [])))
  const asked = free.size > 0 ? candidates.filter(({ person }) => free.has(person)) : candidates
  const before = await offersBefore(turn, ticket)
  const isSealed = asked.length > 0 && (await isAskedSealed(turn, ticket))
  const expiresAt = policy.hunt.offerLastsMs === null ? null : new Date(now.getTime() + policy.hunt.offerLastsMs)
  for (const candidate of asked) {
    await makeOffer(turn, ticket, {
      candidate,
      why: { matched: [], because: 'matches', named: true, moved: 'by-hand' },
      excerpt: excerptOf(turn, hunt, text),
      note,
      isSealed,
      wave: hunt.wave + 1,
      expiresAt,
      invited: true,
      again: before.get(candidate.person) ?? null,
    })
  }
  await sql`update ticket set hunt = ${asked.length > 0 ? 'looking' : 'nobody'}, told_at = ${now}
    where account_id = ${account} and ticket_id = ${ticket}`.execute(tx)
  if (expiresAt && asked.length > 0) await writeHunt(turn, ticket, { expire_at: expiresAt })
  await turn.restructure()
}

async function offersBefore({ tx, structure }: Turn, ticket: TicketId): Promise<Map<PersonId, OfferId>> {
  const rows = await tx
    .selectFrom('offer')
    .select(['person_id', 'offer_id'])
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', ticket)
    .execute()
  return new Map(rows.map(({ person_id, offer_id }) => [person_id, offer_id]))
}
