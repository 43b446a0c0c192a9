import { advance, plainDigits, type RunEvent, yesOrNo } from '@parley/rules'
import { hearVisitor } from '../hunting/index.ts'
import { confirmAddress } from '../people/index.ts'
import { askedBy, askerOn, asks, type BeginHunt, type DecidedSay, type Turn } from '../road/index.ts'
import { beginRun, readKnown } from './begin.ts'
import { type ConciergeParts, goOn } from './go-on.ts'
import { maySpeak, noteEnded, type Run, readRun } from './run-row.ts'

/**
 * What the road calls with a visitor's words: people are looked for, and the concierge hears them, in the transaction that stores them. So
 * a question never waits for the one before to be answered, and nothing is asked that was answered already.
 */
export function hearing(parts: ConciergeParts): BeginHunt {
  return async (turn) => {
    await hearVisitor(turn)
    await hear(turn, parts)
  }
}

async function hear(turn: Turn, parts: ConciergeParts): Promise<void> {
  const { structure } = turn
  const decided = turn.says.findLast(({ say }) => asks(structure, say.person))
  const ticket = decided && askedBy(structure, decided.say.person)
  const place = decided?.placements.find(({ interaction }) => interaction === ticket?.intake)
  if (!ticket || !decided || !place) return
  const run = await readRun(turn, ticket.id)
  if (!run) {
    const isFirst = place.position === 1
    if (isFirst && ticket.admitted === 0) {
      await beginRun(turn, parts, ticket.id, { said: decided.body, begins: 'with-first-words' })
    }
    return
  }
  if (run.ended !== null) return
  if (!maySpeak(turn, run)) return noteEnded(turn, run)
  const event = (await codeIn(turn, run, decided)) ?? eventOf(run, decided)
  if (!event) return
  const { known } = await readKnown(turn, ticket.id)
  await goOn(turn, parts, { run, known, advanced: advance(run.script, run.state, event, known, turn.now) })
}

/** The code that went to the address of this conversation's visitor, come back: tried as in the window, and no more often. */
async function codeIn(turn: Turn, run: Run, { say }: DecidedSay): Promise<RunEvent | null> {
  const text = plainDigits(say.said.visible)
  if (run.state.phase !== 'confirming' || !isCode(text)) return null
  const { account } = turn.structure
  const visitor = askerOn(turn.structure, run.ticket)
  const sent = await turn.tx
    .selectFrom('access_key')
    .select('address_id')
    .where('account_id', '=', account)
    .where('person_id', '=', visitor)
    .where('purpose', '=', 'confirm-address')
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  if (!sent?.address_id) return null
  const wanted = { account, person: visitor, address: sent.address_id, code: text }
  const confirmed = await confirmAddress(turn.tx, wanted, turn.now)
  await turn.restructure()
  return { kind: 'said', text, code: confirmed.ok ? 'right' : 'wrong' }
}

function isCode(text: string): boolean {
  return /^\D{0,20}\d{3}[ -]?\d{3}\D{0,20}$/u.test(text.trim())
}

/** The words as an answer; null when they answer another form than the one that is open. */
function eventOf(run: Run, { say, body }: DecidedSay): RunEvent | null {
  if (say.form?.kind === 'answer') {
    if (say.form.of !== run.askedMessage) return null
    const { answer = '', consent } = say.form.answers
    return { kind: 'said', text: answer, ...(consent === undefined ? {} : { consents: yesOrNo(consent) === 'yes' }) }
  }
  // An address that is asked for is read from what was written; everything else from what others may read, so that nothing masked comes back.
  const step = run.script.steps[run.state.step]
  const asksForAddress = run.state.phase === 'asked' && step?.kind === 'ask' && step.answer.kind === 'contact'
  const text = asksForAddress ? say.said.visible : body
  // A picture says something too, where any words would do.
  return { kind: 'said', text: text.trim() === '' && say.attachments.length > 0 ? '📎' : text }
}
