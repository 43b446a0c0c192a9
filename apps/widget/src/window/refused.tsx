import type { Session } from './session.ts'
import { t } from './text.ts'
import type { Bubble } from './timeline.ts'

export function Refused({ unsent: { id, why }, session }: { unsent: NonNullable<Bubble['unsent']>; session: Session }) {
  return (
    <p class="note problem" role="alert">
      {why || t('notSent')}
      <button type="button" class="link" onClick={() => session.client?.retry(id)}>
        {t('again')}
      </button>
      <button type="button" class="link" onClick={() => session.client?.discard(id)}>
        {t('discard')}
      </button>
    </p>
  )
}
