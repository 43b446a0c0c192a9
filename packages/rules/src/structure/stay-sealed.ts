import type { Change } from './changes.ts'
import { isSealedIn } from './sealed-in.ts'
import type { Shape } from './shape.ts'

/**
 * What leaves something sealed by these moves names it itself from then on, so that it stays sealed wherever it comes to: an interaction that
 * leaves its ticket, and a conversation to which tickets go back from a sealed one (0138).
 */
export function staySealed(shapes: readonly Shape[], moves: readonly Change[]): Change[] {
  const sealed = new Map<string, Change>()
  const names = (id: string, of: Extract<Change, { kind: 'field' }>['of']) =>
    sealed.set(id, { kind: 'field', of, field: 'encryption', was: 'none', is: 'sealed' })
  for (const move of moves) {
    if (move.kind === 'move-interaction') {
      const { interaction } = move
      const shape = shapes.find(({ interactions }) => interactions.has(interaction))
      const isOwn = shape?.interactions.get(interaction)?.encryption === 'sealed'
      if (shape && !isOwn && isSealedIn(shape, interaction)) names(interaction, { interaction })
    }
    if (move.kind === 'move-ticket') {
      const [from, to] = [move.from, move.to].map((id) => shapes.find(({ conversation }) => conversation === id))
      if (from?.encryption === 'sealed' && to && to.encryption !== 'sealed') {
        names(to.conversation, { conversation: to.conversation })
      }
    }
  }
  return [...sealed.values()]
}
