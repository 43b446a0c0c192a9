import { t } from './text.ts'
import type { Bubble } from './timeline.ts'

/** What is to be known of somebody's words beside them. */
export function Notes({ bubble: { masked, unproven, erased } }: { bubble: Bubble }) {
  return (
    <>
      {erased && <p class="note">{t('erased')}</p>}
      {masked && <p class="note">{t('masked')}</p>}
      {unproven && <p class="note">{t('unproven')}</p>}
    </>
  )
}
