import type { Session } from './session.ts'
import { t } from './text.ts'

export interface PanelPartProps {
  session: Session
  onClose: () => void
}

type Outcome = { ok: true } | { ok: false; problem: { text: string; reason: string } }

export const problemOf = (answer: Outcome): string | null =>
  answer.ok ? null : answer.problem.text || t(answer.problem.reason === 'offline' ? 'offline' : 'wrong')
