import type { StepKind } from './script-edit.model.ts'

/** One sign for each kind of step, drawn in a square of 16. */
const signs: Record<StepKind, string> = {
  ask: 'M5.4 5.8a2.6 2.6 0 1 1 3.6 2.5c-.7.3-1 .8-1 1.6M8 12.3v.2',
  say: 'M2.8 3.5h10.4v7H7.5l-2.9 2.4v-2.4H2.8z',
  branch: 'M8 2.2 13.8 8 8 13.8 2.2 8z',
  set: 'M3 13l.6-2.8 7-7 2.2 2.2-7 7zM9.3 4.5l2.2 2.2',
  wait: 'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4M8 5v3.2l2.2 1.4',
  'hand-over': 'M5 7.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4M1.8 13c0-2 1.3-3.6 3.2-3.6S8.2 11 8.2 13M9.4 6.4h4.6m-1.9-2 2 2-2 2',
  end: 'M4 4h8v8H4z',
}

export function StepMark({ kind }: { kind: StepKind }) {
  return (
    <svg className="step-mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={signs[kind]} />
    </svg>
  )
}
