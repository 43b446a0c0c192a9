import type { FunnelEnd, FunnelStep, Script, ScriptFunnel } from '@parley/protocol'
import { outlineOf } from './outline.model.ts'

/** How those who reached a step went on from it, as parts of a bar; their shares are of all runs. */
export interface FunnelRow {
  readonly step: string
  readonly depth: number
  readonly reached: number
  readonly answered: number
  readonly parts: readonly { readonly part: FunnelPart; readonly count: number; readonly share: number }[]
  /** Of those who reached it, how many came no further: 0 to 1. */
  readonly leftShare: number
}

export type FunnelPart = 'onwards' | 'handedOver' | 'silenced' | 'left'
export const funnelParts: readonly FunnelPart[] = ['onwards', 'handedOver', 'silenced', 'left']
export const funnelEnds: readonly FunnelEnd[] = ['running', 'done', 'handed-over', 'silenced', 'left']

/** In the order in which the script is read; steps that nobody reached stand there with nothing. */
export function funnelRows(script: Script, funnel: ScriptFunnel): FunnelRow[] {
  const counted = new Map(funnel.steps.map((step) => [step.step, step]))
  const most = Math.max(1, funnel.runs)
  return outlineOf(script).flatMap(({ is, depth }) => {
    if (is.kind !== 'step') return []
    const step = counted.get(is.id) ?? nobody(is.id)
    // A run that came by twice may have ended here the second time; no part is less than nothing.
    const onwards = Math.max(0, step.reached - step.handedOver - step.silenced - step.left)
    const counts = { onwards, handedOver: step.handedOver, silenced: step.silenced, left: step.left }
    return [
      {
        step: is.id,
        depth,
        reached: step.reached,
        answered: step.answered,
        parts: funnelParts.map((part) => ({ part, count: counts[part], share: counts[part] / most })),
        leftShare: step.reached === 0 ? 0 : step.left / step.reached,
      },
    ]
  })
}

const nobody = (step: string): FunnelStep => ({ step, reached: 0, answered: 0, left: 0, handedOver: 0, silenced: 0 })
