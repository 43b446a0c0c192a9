import { createHash } from 'node:crypto'
import { type MessageId, type PersonId, parseId, plainly, type TicketId } from '@parley/model'
import type { FormField } from '@parley/protocol'
import {
  type Advanced,
  advance,
  type Destination,
  type Fact,
  type GivenContact,
  type Known,
  type RunSay,
  type Target,
  type ToldFact,
} from '@parley/rules'
import { endVirtualPart, recordEvent } from '../conversations/index.ts'
import { addFacts, moveTicket } from '../hunting/index.ts'
import { type AddressParts, addAddress } from '../people/index.ts'
import { noteTopic } from '../reading/index.ts'
import type { MessageForm, Turn } from '../road/index.ts'
import { word } from '../words/index.ts'
import { maySpeak, noteEnded, type Run } from './run-row.ts'
import { stateColumn } from './seal-state.ts'

export interface ConciergeParts {
  readonly addresses: AddressParts
}

/**
 * Does what was decided, in the transaction in which it was decided: says it, tells the facts, and keeps where it stands. Everything goes
 * down the road like anybody's words.
 */
export async function goOn(
  turn: Turn,
  parts: ConciergeParts,
  { run, known, advanced }: { run: Run; known: Known; advanced: Advanced },
): Promise<void> {
  if (!maySpeak(turn, run)) return noteEnded(turn, run)
  const isCodeSent = advanced.contact ? await keepContact(turn, parts, run, advanced.contact) : false
  const { state, says, facts, passed, then } =
    advanced.contact && !isCodeSent ? withoutCode(turn, run, advanced, known) : advanced
  let { askedMessage, said } = run
  for (const say of says) {
    said += 1
    const message = await speak(turn, run, say, said)
    if (say.question) askedMessage = say.question.kind === 'choice' || say.question.kind === 'contact' ? message : null
  }
  for (const { step, what } of passed) {
    if (what === 'reached') await noteStep(turn, run.ticket, step)
    if (what === 'answered') await noteAnswered(turn, run.ticket, step)
  }
  const ended = then.kind === 'hand-over' ? 'handed-over' : then.kind === 'done' ? 'done' : null
  const until = then.kind === 'wait' || then.kind === 'waiting-for-answer' ? then.until : null
  await turn.tx
    .updateTable('concierge_run')
    .set({
      state: await stateColumn(turn, run.ticket, state),
      step: state.step,
      asked_message: askedMessage,
      said,
      next_at: until === null ? null : new Date(until),
      ended,
      moved_at: turn.now,
    })
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', run.ticket)
    .execute()
  const told = facts.filter(({ question }) => question !== null || then.kind !== 'hand-over').flatMap(toFacts)
  if (told.length > 0) {
    await noteTopic(turn, run.ticket, told)
    await addFacts(turn, run.ticket, told)
  }
  if (ended !== null) await end(turn, run, then)
}

async function speak(turn: Turn, run: Run, say: RunSay, number: number): Promise<MessageId> {
  const { account, conversation, tickets } = turn.structure
  const interaction = tickets.find(({ id }) => id === run.ticket)?.intake
  if (!interaction) throw new Error('a run without its intake')
  const answer = await turn.say({
    account,
    person: run.person,
    to: { conversation, interaction },
    via: { medium: 'web', address: null },
    said: plainly(say.text),
    key: createHash('sha256').update(`concierge ${run.ticket} ${number}`).digest(),
    attachments: [],
    form: formOf(say, turn.structure.language),
    unproven: false,
    rawBlob: null,
    writtenAt: null,
  })
  if (!answer.ok) throw new Error(`the concierge was refused: ${answer.refusal}`)
  return answer.decided.id
}

/** Choices and addresses are asked for by the small form that every window knows; everything else is answered in words. */
function formOf({ question }: RunSay, language: string): MessageForm | null {
  if (question?.kind === 'choice') {
    return { kind: 'ask', fields: [choiceField('answer', word(language, 'your-answer'), question.choices)] }
  }
  if (question?.kind !== 'contact') return null
  const { medium, consent, yes, no } = question
  const { label, kind } = addressFields[medium]
  const address: FormField = { name: 'answer', label: word(language, label), kind, required: true }
  return { kind: 'ask', fields: [address, choiceField('consent', consent, [yes, no])] }
}

const addressFields = {
  email: { label: 'email-address', kind: 'email' },
  sms: { label: 'mobile-number', kind: 'phone' },
  xmpp: { label: 'messenger-address', kind: 'text' },
  sip: { label: 'phone-address', kind: 'text' },
} as const satisfies Record<GivenContact['medium'], unknown>

function choiceField(name: string, label: string, choices: readonly string[]): FormField {
  return { name, label, kind: 'choice', required: true, choices: [...choices] }
}

async function noteStep(turn: Turn, ticket: TicketId, step: string): Promise<void> {
  await turn.tx
    .insertInto('concierge_step')
    .values({
      account_id: turn.structure.account,
      ticket_id: ticket,
      step,
      reached_at: turn.now,
      answered_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function noteAnswered(turn: Turn, ticket: TicketId, step: string): Promise<void> {
  await turn.tx
    .updateTable('concierge_step')
    .set({ answered_at: turn.now })
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .where('step', '=', step)
    .where('answered_at', 'is', null)
    .execute()
}

function toFacts({ about, values, question, shown }: ToldFact): Fact[] {
  return values.map((value) => ({
    about,
    value,
    source: 'answered',
    ...(question === null ? {} : { label: question.split('\n', 1)[0] ?? question, shown }),
  }))
}

/** It goes on as if no code had been spoken of: the address is proven already, or can be none. */
function withoutCode(turn: Turn, run: Run, { state, says, facts, passed }: Advanced, known: Known): Advanced {
  const next = advance(run.script, state, { kind: 'nothing-to-confirm' }, known, turn.now)
  return {
    ...next,
    says: [...says.slice(0, -1), ...next.says],
    facts: [...facts, ...next.facts],
    passed: [...passed, ...next.passed],
  }
}

/**
 * An address for later, with consent: a code goes there, and nothing else before the visitor has brought it back (settled 20). Answers
 * whether one goes.
 */
async function keepContact(turn: Turn, parts: ConciergeParts, run: Run, contact: GivenContact): Promise<boolean> {
  const { structure, tx, now } = turn
  const { account, conversation, visitor } = structure
  const { medium, value } = contact
  const wanted = { account, person: visitor, medium, value, seemsIn: structure.region, network: null }
  const added = await addAddress(tx, parts.addresses, wanted, now)
  const facts = {
    address: added.ok ? added.address : null,
    refusal: added.ok ? null : added.refusal,
    // What was consented to is that step of that version.
    script: run.scriptId,
    version: run.version,
    step: run.state.step,
  }
  const event = { account, conversation, ticket: run.ticket, person: visitor, kind: 'contact-given', facts }
  await recordEvent(tx, event, now)
  // From here on it is one of theirs, and passes to nobody.
  await turn.restructure()
  return added.ok && added.sent
}

async function end(turn: Turn, run: Run, then: Advanced['then']): Promise<void> {
  const { structure, tx, now } = turn
  const { account, conversation } = structure
  const because = then.kind === 'hand-over' || then.kind === 'done' ? then.because : null
  const facts = { script: run.scriptId, version: run.version, because }
  const event = { account, conversation, ticket: run.ticket, person: run.person, kind: 'concierge-ended', facts }
  await recordEvent(tx, event, now)
  // Whoever is asked hears the rest at once: one at the end (settled 13).
  await tx
    .updateTable('ticket')
    .set({ news_at: now })
    .where('account_id', '=', account)
    .where('ticket_id', '=', run.ticket)
    .where('news_at', '>', now)
    .execute()
  if (then.kind === 'hand-over' && hasPlace(turn, run)) {
    const target = targetOf(then.to)
    await moveTicket(turn, {
      ticket: run.ticket,
      from: [run.participant],
      reason: then.because.kind === 'wants-person' ? 'wish' : 'script',
      facts: destinationFacts(then.to),
      ...(target ? { target } : {}),
    })
    return
  }
  await endVirtualPart(turn, run.ticket, 'script')
  await turn.restructure()
}

/** A rule of the site may have moved the conversation on, for what was just told. */
function hasPlace(turn: Turn, run: Run): boolean {
  return turn.structure.participants.some(({ id, left }) => id === run.participant && !left)
}

/** Whom it names, as far as these can be anybody; nobody in particular when it names none. */
function targetOf({ people = [], teams = [] }: Destination): Target | null {
  const ids = (list: readonly string[]) => list.flatMap((id) => parseId<PersonId>(id) ?? [])
  const [wantedPeople, wantedTeams] = [ids(people), ids(teams)]
  if (wantedPeople.length + wantedTeams.length === 0) return null
  return {
    ...(wantedPeople.length > 0 ? { people: wantedPeople } : {}),
    ...(wantedTeams.length > 0 ? { teams: wantedTeams } : {}),
  }
}

function destinationFacts({ facts = {} }: Destination): Fact[] {
  return Object.entries(facts).flatMap(([about, values = []]) =>
    values.map((value) => ({ about: about as ToldFact['about'], value, source: 'answered' as const })),
  )
}
