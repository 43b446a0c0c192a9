import type { OfferId, TicketId } from '@parley/model'
import { newId } from '@parley/model'
import { type Criteria, type KnownRequest, type KnownVerdict, matchCriteria, screen } from '@parley/rules'
import { recordEvent } from '../conversations/index.ts'
import { enqueue, makeRelay } from '../delivery/index.ts'
import type { Turn } from '../road/index.ts'
import { type Candidate, findCandidates } from './find-candidates.ts'

/** An excerpt long enough to judge a question by, short enough for a text message in a few parts. */
const excerptLength = 1_000

/**
 * Offer the visitor's question to everyone whose criteria match, each over every proven address that they chose for questions. In the
 * transaction that stores the visitor's words: there is no moment in which a question is known and nobody has been asked.
 */
export async function beginHunt(turn: Turn): Promise<void> {
  const { structure, tx, now } = turn
  const ticket = structure.tickets.find(({ hunt, state }) => hunt === 'not-begun' && state === 'open')
  if (!ticket) return
  const request: KnownRequest = {
    site: structure.site,
    topic: ticket.topic,
    language: structure.language,
    region: structure.region,
  }
  const candidates = await findCandidates(tx, structure.account)
  const matching = candidates.filter((candidate) => judge(candidate, request).matches)
  const excerpt = screen(turn.says.at(-1)?.say.said.visible.slice(0, excerptLength) ?? '', {
    mask: 'all',
    strict: true,
    style: 'dots',
    known: structure.identities,
    countries: structure.policy.countries,
  }).text

  for (const candidate of matching) await offer(turn, ticket.id, candidate, excerpt)
  await tx
    .updateTable('ticket')
    .set({ hunt: matching.length > 0 ? 'looking' : 'nobody' })
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', ticket.id)
    .execute()
  await recordEvent(
    tx,
    {
      account: structure.account,
      conversation: structure.conversation,
      ticket: ticket.id,
      kind: 'hunt-begun',
      facts: {
        verdicts: candidates.map((candidate) => ({ person: candidate.person, ...judge(candidate, request) })),
      },
    },
    now,
  )
  await turn.restructure()
}

function judge(candidate: Candidate, request: KnownRequest): KnownVerdict {
  return matchCriteria(request, {
    ...listsOf(candidate.wants),
    paused: candidate.state !== 'active',
    capacity: candidate.capacity,
    open: candidate.open,
  })
}

function listsOf({ all = [] }: Criteria) {
  const list = (about: string) => all.flatMap((one) => (one.about === about && 'oneOf' in one ? [one.oneOf] : []))[0]
  const [topics, languages, sites, regions] = ['topic', 'language', 'site', 'region'].map(list)
  return {
    ...(topics ? { topics } : {}),
    ...(languages ? { languages } : {}),
    ...(sites ? { sites } : {}),
    ...(regions ? { regions } : {}),
  }
}

async function offer(turn: Turn, ticket: TicketId, candidate: Candidate, excerpt: string): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const id = newId<OfferId>()
  await tx
    .insertInto('offer')
    .values({
      account_id: account,
      offer_id: id,
      conversation_id: conversation,
      ticket_id: ticket,
      person_id: candidate.person,
      state: 'open',
      why: JSON.stringify({ matched: Object.keys(candidate.wants) }),
      excerpt,
      created_at: now,
      updated_at: now,
    })
    .execute()
  for (const address of candidate.addresses) {
    const relay = await makeRelay(tx, {
      account,
      medium: address.medium,
      person: candidate.person,
      conversation,
      ticket,
      place: { offer: id },
      now,
    })
    await enqueue(
      tx,
      [
        {
          account,
          owner: id,
          person: candidate.person,
          address: address.id,
          medium: address.medium,
          conversation,
          interaction: null,
          participant: null,
          what: { kind: 'offer', offer: id },
          relay,
        },
      ],
      now,
    )
  }
  turn.changed.push({ person: candidate.person, what: 'offers' })
}
