import type { Change } from './changes.ts'
import { endRightsUnder } from './end-rights-under.ts'
import { isLetSee } from './let-see.ts'
import type { Shape } from './shape.ts'

/**
 * The changes that undo these, the last first, on the structures as they stand now. Not the mirror image: what was given is taken back,
 * what was ended begins again from here, and what was said meanwhile stays where it was said (0120, Undo). `newId` makes the ids of rights
 * that begin again.
 */
export function undoChanges(
  changes: readonly Change[],
  shapes: readonly Shape[],
  newId: () => string,
  whole: readonly Change[] = changes,
): Change[] {
  return changes.toReversed().flatMap((change) => undoOne(change, shapes, newId, whole))
}

function undoOne(change: Change, shapes: readonly Shape[], newId: () => string, whole: readonly Change[]): Change[] {
  switch (change.kind) {
    case 'open-ticket':
      return [{ kind: 'state', of: { ticket: change.ticket }, was: 'open', is: 'closed' }]
    case 'open-interaction':
      return [{ kind: 'state', of: { interaction: change.interaction }, was: 'open', is: 'closed' }]
    case 'state':
      return [{ ...change, was: change.is, is: change.was }]
    case 'join':
      return [{ kind: 'leave', place: change.place, because: null }]
    case 'leave':
      return [{ kind: 'return', place: change.place }]
    case 'return':
      return [{ kind: 'leave', place: change.place, because: null }]
    case 'give':
      return takeBack(change, shapes)
    case 'end':
      return beginAgain(change, shapes, newId, whole)
    case 'move-ticket':
    case 'move-interaction':
      return [{ ...change, from: change.to, to: change.from }]
    case 'merged':
      return [{ ...change, was: change.is, is: change.was }]
    case 'place':
      return [{ kind: 'withdraw', interaction: change.interaction, position: change.position }]
    case 'withdraw':
      // What was taken back stays so: it was done to be hidden.
      return []
    case 'redirect':
      return [{ ...change, was: change.is, is: change.was }]
    case 'become':
      return [{ ...change, person: change.is, is: change.person }]
    case 'field':
      // What was sealed stays so: sealing cannot be undone.
      if (change.field === 'encryption') return []
      return [{ ...change, was: change.is, is: change.was }, ...endUnder(change, shapes)]
    case 'link':
      return [{ ...change, kind: 'unlink' }]
    case 'unlink':
      return [{ ...change, kind: 'link' }]
  }
}

function takeBack({ right: id }: Extract<Change, { kind: 'give' }>, shapes: readonly Shape[]): Change[] {
  for (const shape of shapes) {
    const right = shape.rights.find((one) => one.id === id)
    if (!right) continue
    // Who was a member keeps what was said while they were.
    if (right.basis === 'member') {
      const last = shape.lastPositions.get(right.interaction) ?? 0
      return right.to === null ? [{ kind: 'end', right: id, was: null, is: last }] : []
    }
    return [{ kind: 'end', right: id, was: right.to, is: 0 }]
  }
  return []
}

function beginAgain(
  { right: id, was }: Extract<Change, { kind: 'end' }>,
  shapes: readonly Shape[],
  newId: () => string,
  whole: readonly Change[],
): Change[] {
  for (const shape of shapes) {
    const right = shape.rights.find((one) => one.id === id)
    if (!right) continue
    const { interaction, person, basis, by, under } = right
    if (was === null) {
      // What it hung on may have ended since: then nothing is given again by it.
      if (under && !holds(shape, interaction, under) && !restores(whole, shape, interaction, under)) return []
      const from = (shape.lastPositions.get(interaction) ?? 0) + 1
      return [
        {
          kind: 'give',
          right: newId(),
          conversation: shape.conversation,
          interaction,
          person,
          from,
          to: null,
          basis,
          by,
          ...(under ? { under } : {}),
        },
      ]
    }
    // A part that was taken back stays so: nothing that was once hidden is uncovered by undoing.
    return []
  }
  return []
}

/** Does what such rights hang on hold: are those who answer let see each other, is the team let in? */
function holds(shape: Shape, interaction: string, under: string): boolean {
  return under === 'let-see' ? isLetSee(shape) : Boolean(shape.interactions.get(interaction)?.teams?.includes(under))
}

/** Does undoing these bring it back where this interaction is by now? What its conversation was merged into goes by its own. */
function restores(changes: readonly Change[], shape: Shape, interaction: string, under: string): boolean {
  return changes.some((change) => {
    if (change.kind !== 'field' || change.was === null) return false
    if (under === 'let-see') {
      return change.field === 'lets_see' && 'conversation' in change.of && change.of.conversation === shape.conversation
    }
    const isHere = 'interaction' in change.of && change.of.interaction === interaction
    return isHere && change.field === 'teams' && (change.was as readonly string[]).includes(under)
  })
}

/**
 * Where those who answer are not let see each other any more, or a team is not let in: what others have got by that since ends, too. What
 * the operation itself gave is taken back besides, by the changes that come before this one in it.
 */
function endUnder({ of, field, was, is }: Extract<Change, { kind: 'field' }>, shapes: readonly Shape[]): Change[] {
  if ('conversation' in of && field === 'lets_see' && was === null && is !== null) {
    const shape = shapes.find(({ conversation }) => conversation === of.conversation)
    return shape ? endRightsUnder(shape, 'let-see') : []
  }
  if (!('interaction' in of) || field !== 'teams') return []
  // Wherever it is by now: the conversation in which the team was let in may have been merged into another.
  const shape = shapes.find(({ interactions }) => interactions.has(of.interaction))
  const before = was as readonly string[]
  return (is as readonly string[]).flatMap((team) =>
    shape && !before.includes(team) ? endRightsUnder(shape, team, { interaction: of.interaction }) : [],
  )
}
