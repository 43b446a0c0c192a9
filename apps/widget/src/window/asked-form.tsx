import { Fields } from './fields.tsx'
import type { Session } from './session.ts'
import { t } from './text.ts'
import type { Bubble } from './timeline.ts'

/** Asked by whoever answers, in the conversation. */
export function AskedForm({ form, session }: { form: NonNullable<Bubble['form']>; session: Session }) {
  if (form.answered) return <p class="note">{t('answered')}</p>
  return (
    <Fields
      id={form.message}
      fields={form.fields}
      submit={t('send')}
      onSubmit={async (answers) => {
        session.client?.say({ interaction: form.interaction }, '', { form: { message: form.message, answers } })
        return null
      }}
    />
  )
}
