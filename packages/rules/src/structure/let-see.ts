import { mayRead, type Range } from '../point-of-view.ts'
import type { Change } from './changes.ts'
import { endRightsUnder } from './end-rights-under.ts'
import { askersOf, here, type InteractionShape, type LetsSee, lastOf, type PlaceShape, type Shape } from './shape.ts'
import { type Decided, notDone } from './verdict.ts'
import { within } from './within.ts'

/** What the rights hang on that are given by letting those who answer see each other. */
const under = 'let-see'

/**
 * Those who answer see each other from now on, or no more (0120, Let them see each other): everyone here on the answering side of an open
 * exchange gets an open grant on each other open exchange of the ticket. Who comes later gets it then (`letNewcomerSee`). `asker`: who asks, where it is they who wish so; where others ask, too,
 * they end only what they let see themselves.
 */
export function letSee(
  shape: Shape,
  letsSee: LetsSee | null,
  newId: () => string,
  asker: string | null = null,
): Decided {
  const was = shape.letsSee ?? null
  if (isLetSee(shape) === (letsSee !== null)) return notDone('wrong-state')
  if (letsSee && shape.state === 'closed') return notDone('conversation-closed')
  const given = letsSee ? pairs(shape).flatMap(([person, on]) => give(shape, letsSee, person, on, newId)) : []
  const by = !letsSee && asker !== null && doOthersAsk(shape, asker) ? asker : null
  const ended = letsSee ? [] : endRightsUnder(shape, under, by === null ? {} : { by })
  if (by !== null && was?.by !== by) return ended.length === 0 ? notDone('wrong-state') : { ok: true, changes: ended }
  const field: Change = {
    ...{ kind: 'field', of: { conversation: shape.conversation }, field: 'lets_see', was, is: letsSee },
  }
  // The field comes last, so that undoing begins with it.
  return { ok: true, changes: [...given, ...ended, field] }
}

/** Conversations were merged: there is a ticket on which others ask, and not this person. */
function doOthersAsk(shape: Shape, asker: string): boolean {
  return shape.tickets.some(({ id, intake }) => !askersOf(shape, { ticket: id, intake }).has(asker))
}

/** Is it on, for the conversation or for what was merged into it? */
export function isLetSee(shape: Shape): boolean {
  return Boolean(shape.letsSee) || shape.rights.some((right) => right.under === under && right.to === null)
}

/** Somebody has come to an exchange, or is about to: they see the others of the ticket, and the others see theirs. */
export function letNewcomerSee(
  shape: Shape,
  { interaction, person }: { interaction: string; person: string },
  newId: () => string,
): Change[] {
  const { letsSee } = shape
  const joined = shape.interactions.get(interaction)
  if (!letsSee || !joined || !isOpenExchange(joined)) return []
  const others = openExchanges(shape, joined.ticket).filter(({ id }) => id !== interaction)
  return [
    ...others.map(({ id }) => [person, id] as const),
    ...others.flatMap(({ id }) => answering(shape, id).map((own) => [own.person, interaction] as const)),
  ]
    .filter(([who, on], i, all) => all.findIndex(([other, at]) => other === who && at === on) === i)
    .filter(([who, on]) => who !== person || on !== interaction)
    .flatMap(([who, on]) => give(shape, letsSee, who, on, newId))
}

/**
 * The part of these places ends: whom nothing is asked of in an open exchange of a ticket any more does not read on in the others of it by
 * being let see them.
 */
export function seeNoMore(shape: Shape, places: readonly PlaceShape[]): Change[] {
  const gone = new Set(places.map(({ id }) => id))
  const leaving = new Set(places.flatMap((place) => (isInExchange(shape, place) ? [place.person] : [])))
  return shape.rights
    .filter((right) => right.under === under && right.to === null && leaving.has(right.person))
    .filter(({ person, interaction }) => {
      const ticket = shape.interactions.get(interaction)?.ticket ?? ''
      const others = openExchanges(shape, ticket).filter(({ id }) => id !== interaction)
      return !others.some(({ id }) => answering(shape, id).some((own) => own.person === person && !gone.has(own.id)))
    })
    .map((right) => ({ kind: 'end', right: right.id, was: null, is: lastOf(shape, right.interaction) }))
}

const isInExchange = (shape: Shape, { interaction }: PlaceShape) =>
  shape.interactions.get(interaction)?.kind === 'exchange'

/** Whom it concerns, and which exchange: once each. */
function pairs(shape: Shape): [person: string, exchange: string][] {
  const found = new Map<string, [string, string]>()
  for (const { id: ticket } of shape.tickets) {
    const exchanges = openExchanges(shape, ticket)
    for (const own of exchanges) {
      for (const { person } of answering(shape, own.id)) {
        for (const other of exchanges) if (other !== own) found.set(`${person} ${other.id}`, [person, other.id])
      }
    }
  }
  return [...found.values()]
}

function give(shape: Shape, letsSee: LetsSee, person: string, interaction: string, newId: () => string): Change[] {
  const has = shape.rights.some(
    (right) =>
      right.under === under && right.person === person && right.interaction === interaction && right.to === null,
  )
  if (has) return []
  const wanted: Range = { from: letsSee.history === 'all' ? 1 : lastOf(shape, interaction) + 1, to: null }
  const may = mayRead(shape.spans.get(letsSee.by) ?? [], interaction)
  return (letsSee.anything ? [wanted] : within(may, wanted)).map(({ from, to }) => ({
    ...{ kind: 'give', right: newId(), conversation: shape.conversation, interaction, person, from, to },
    ...{ basis: 'grant', by: letsSee.by, under },
  }))
}

function openExchanges(shape: Shape, ticket: string): InteractionShape[] {
  return [...shape.interactions.values()].filter((one) => one.ticket === ticket && isOpenExchange(one))
}

const isOpenExchange = (one: InteractionShape) => one.kind === 'exchange' && one.state === 'open'

/** Who is here with a place that writes, and does not ask. */
function answering(shape: Shape, interaction: string): PlaceShape[] {
  return here(shape, interaction).filter(({ role }) => role === 'responder' || role === 'virtual')
}
