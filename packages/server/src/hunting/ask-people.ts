import type { OfferId, PersonId, TicketId } from '@parley/model'
import {
  type CandidateVerdict,
  chooseCandidates,
  type HelpRequest,
  type HuntPolicy,
  type MoveReason,
  nextWaveAt,
  poolSize,
  roomInWave,
} from '@parley/rules'
import { recordEvent } from '../conversations/index.ts'
import { askerOn, type Turn } from '../road/index.ts'
import { makeOffer, type WhyAsked } from './make-offer.ts'
import { type Candidate, readCandidates } from './read-candidates.ts'
import { countOpen, type HuntRow, readHunt, writeHunt } from './read-hunt.ts'
import { answeringTeams, excerptOf, readWords, toRequest } from './read-request.ts'
import { isAskedSealed } from './seal-offer.ts'

/** The verdicts on those who were not asked that an event keeps: enough to answer "why not me?" for most, and no more than a page of them. */
const mostVerdicts = 100

/** Ask the next wave of people, and further ones while that reaches nobody. Whom there is nobody left to ask for is told so. */
export async function askPeople(turn: Turn, ticket: TicketId, moved?: MoveReason, note?: string): Promise<void> {
  const policy = turn.structure.policy.hunt
  for (;;) {
    const hunt = await readHunt(turn, ticket)
    const room = roomInWave(policy, hunt.wave, await countAsked(turn, hunt))
    const { found, asked } = await askSome(turn, hunt, room, moved, note)
    const open = await countOpen(turn, ticket)
    const wave = hunt.wave + 1
    const next = nextWaveAt(policy, { wave, open, waitsUntil: hunt.waits_until }, turn.now)
    const goesOn = open === 0 && found > 0 && next !== null && next <= turn.now
    // With nobody left to ask, waves that follow at once would find nobody either: only time, or somebody's wishes, can change that.
    const askAt = next !== null && next <= turn.now && !goesOn ? retryAt(hunt, policy, turn.now) : next
    const state = stateAfter(hunt, open, asked, goesOn)
    await writeHunt(turn, ticket, { wave, ask_at: askAt, hunt: state, ...(asked > 0 ? { told_at: turn.now } : {}) })
    if (goesOn) continue
    if (state === 'nobody' && hunt.hunt !== 'nobody')
      await nobody(turn, ticket, found === 0 ? 'nobody-matches' : 'nobody-free')
    await turn.restructure()
    return
  }
}

/** What became known has made others want this: as many of them are asked at once as the waves so far allow. */
export async function askNewlyMatching(turn: Turn, ticket: TicketId): Promise<void> {
  const hunt = await readHunt(turn, ticket)
  const policy = turn.structure.policy.hunt
  const allowed = allowedSoFar(policy, hunt.wave)
  const { asked } = await askSome(turn, hunt, allowed - (await countAsked(turn, hunt)))
  const state = stateAfter(hunt, await countOpen(turn, ticket), asked, false)
  await writeHunt(turn, ticket, { hunt: state })
  if (state === 'nobody' && hunt.hunt === 'looking') await nobody(turn, ticket, 'nobody-matches')
  if (state !== hunt.hunt) await turn.restructure()
}

/** Nobody who is asked can answer any more: the next wave comes at once, and where there is none the visitor is told. */
export async function askNextIfNobodyIsLeft(turn: Turn, ticket: TicketId): Promise<void> {
  const hunt = await readHunt(turn, ticket)
  if (hunt.state !== 'open' || hunt.hunt !== 'looking' || hunt.admitted > 0) return
  if ((await countOpen(turn, ticket)) > 0) return
  await askPeople(turn, ticket)
}

/** Whom nobody can answer any more is told so; and who was told that nobody is free hears that somebody is, once more people are asked. */
function stateAfter(hunt: HuntRow, open: number, asked: number, goesOn: boolean): HuntRow['hunt'] {
  if (hunt.admitted > 0) return hunt.hunt
  if (asked > 0 || goesOn) return 'looking'
  return open > 0 ? hunt.hunt : 'nobody'
}

function retryAt(hunt: HuntRow, policy: HuntPolicy, now: Date): Date | null {
  return nextWaveAt(policy, { wave: policy.waves.length, open: 0, waitsUntil: hunt.waits_until }, now)
}

function allowedSoFar(policy: HuntPolicy, waves: number): number {
  if (policy.waves.length === 0 || waves > policy.waves.length) return policy.most
  const sum = policy.waves.slice(0, waves).reduce((all, { most }) => all + most, 0)
  return Math.min(sum, policy.most)
}

/** Asks at most `room` people. `found`: how many there are to ask, now or later. */
async function askSome(
  turn: Turn,
  hunt: HuntRow,
  room: number,
  moved?: MoveReason,
  note?: string,
): Promise<{ found: number; asked: number }> {
  const { tx, structure, now } = turn
  const { account, policy } = structure
  const known = await readKnownPeople(turn, hunt)
  const text = await readWords(turn, hunt.ticket_id)
  const request = toRequest(hunt, text, answeringTeams(turn, hunt.ticket_id))
  const admission = structure.tickets.find(({ id }) => id === hunt.ticket_id)?.admission
  const isFor = !admission?.byInvitation || hunt.target !== null
  const isRanked = policy.hunt.reach === 'best'
  const most = Math.max(0, room) + known.excluded.size + (isRanked ? poolSize : 0)
  const matching =
    isFor && room > 0
      ? await turn.find(tx, account, request, now, { most, random: turn.random })
      : { count: 0, people: [] }
  const fresh = matching.people.filter((person) => !known.excluded.has(person))
  const prefer = admission?.prefer?.media ?? []
  const candidates = await readCandidates(turn, fresh, request, { ranked: isRanked, prefer })
  const verdicts = chooseCandidates(candidates, { reach: policy.hunt.reach, room }, turn.random)
  const asked = verdicts.filter((verdict) => verdict.asked)
  const byPerson = new Map(candidates.map((candidate) => [candidate.person as string, candidate]))
  const excerpt = excerptOf(turn, hunt, text)
  const isSealed = asked.length > 0 && (await isAskedSealed(turn, hunt.ticket_id))
  const expiresAt = policy.hunt.offerLastsMs === null ? null : new Date(now.getTime() + policy.hunt.offerLastsMs)
  for (const verdict of asked) {
    const candidate = byPerson.get(verdict.person)
    if (!candidate) throw new Error('somebody was chosen whom nobody proposed')
    await makeOffer(turn, hunt.ticket_id, {
      candidate,
      why: whyAsked(candidate, verdict, moved),
      excerpt,
      note: note ?? null,
      isSealed,
      wave: hunt.wave + 1,
      expiresAt,
      invited: candidate.isTarget,
      again: known.again.get(candidate.person) ?? null,
    })
  }
  if (asked.length > 0 && expiresAt) {
    const sooner = hunt.expire_at !== null && hunt.expire_at < expiresAt ? hunt.expire_at : expiresAt
    await writeHunt(turn, hunt.ticket_id, { expire_at: sooner })
  }
  await recordAsked(turn, hunt, request, matching.count, verdicts)
  return { found: fresh.length, asked: asked.length }
}

function whyAsked(candidate: Candidate, verdict: CandidateVerdict, moved: MoveReason | undefined): WhyAsked {
  return {
    matched: candidate.conditions.flatMap(({ group, holding, about, by }) =>
      group !== 'none' && holding === 'met' && by !== null ? [{ about, wanted: by }] : [],
    ),
    because: verdict.because,
    ...(verdict.parts ? { parts: verdict.parts } : {}),
    ...(candidate.isTarget ? { named: true as const } : {}),
    ...(candidate.together > 0 ? { together: true as const } : {}),
    ...(moved ? { moved } : {}),
  }
}

/** Whoever is not to be asked (again), and the offers of those who may be asked a second time. */
async function readKnownPeople(
  turn: Turn,
  hunt: HuntRow,
): Promise<{ excluded: Set<PersonId>; again: Map<PersonId, OfferId> }> {
  const { tx, structure } = turn
  const offers = await tx
    .selectFrom('offer')
    .select(['offer_id', 'person_id', 'state', 'created_at'])
    .where('account_id', '=', structure.account)
    .where('ticket_id', '=', hunt.ticket_id)
    .execute()
  const excluded = new Set<PersonId>()
  const again = new Map<PersonId, OfferId>()
  for (const { offer_id, person_id, state, created_at } of offers) {
    const isOfBefore = hunt.hunt_from !== null && created_at < hunt.hunt_from
    // What was withdrawn was not their doing; who was late, or did not answer in time, in an earlier search may be asked in this one.
    if (state === 'withdrawn' || (isOfBefore && (state === 'late' || state === 'expired')))
      again.set(person_id, offer_id)
    else excluded.add(person_id)
  }
  // Who had a place on this ticket and lost it is not asked for it again: somebody else was to be found.
  for (const { person, role, interaction } of structure.participants) {
    if (role === 'responder' && isExchangeOf(turn, interaction, hunt.ticket_id)) excluded.add(person)
  }
  const asker = askerOn(structure, hunt.ticket_id)
  excluded.add(asker)
  // Nor is a program asked what it has asked itself, for somebody.
  const acting = await tx
    .selectFrom('outside_person')
    .select('program_id')
    .where('account_id', '=', structure.account)
    .where('person_id', '=', asker)
    .executeTakeFirst()
  if (acting) excluded.add(acting.program_id)
  return { excluded, again }
}

function isExchangeOf(
  turn: Turn,
  interaction: Parameters<typeof turn.structure.interactions.get>[0],
  ticket: TicketId,
) {
  const place = turn.structure.interactions.get(interaction)
  return place?.kind === 'exchange' && place.ticket === ticket
}

/** How many were asked in this search. Those from whom it was withdrawn because they do not want such questions do not count. */
async function countAsked(turn: Turn, hunt: HuntRow): Promise<number> {
  const { count } = await turn.tx
    .selectFrom('offer')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', hunt.ticket_id)
    .where('state', '<>', 'withdrawn')
    .where('created_at', '>=', hunt.hunt_from ?? new Date(0))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function recordAsked(
  turn: Turn,
  hunt: HuntRow,
  request: HelpRequest,
  matching: number,
  verdicts: readonly CandidateVerdict[],
): Promise<void> {
  const { structure, tx, now } = turn
  const asked = verdicts.filter((verdict) => verdict.asked)
  if (hunt.wave > 0 && asked.length === 0) return
  await recordEvent(
    tx,
    {
      account: structure.account,
      conversation: structure.conversation,
      ticket: hunt.ticket_id,
      kind: hunt.wave === 0 ? 'hunt-begun' : 'hunt-widened',
      facts: {
        wave: hunt.wave + 1,
        reach: structure.policy.hunt.reach,
        matching,
        known: Object.keys(request.facts),
        verdicts: [...asked, ...verdicts.filter((verdict) => !verdict.asked).slice(0, mostVerdicts)],
      },
    },
    now,
  )
}

async function nobody(turn: Turn, ticket: TicketId, because: 'nobody-matches' | 'nobody-free'): Promise<void> {
  const { account, conversation } = turn.structure
  await recordEvent(turn.tx, { account, conversation, ticket, kind: 'hunt-nobody', facts: { because } }, turn.now)
}
