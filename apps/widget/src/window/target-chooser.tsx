import type { Held } from '@parley/client'
import { t } from './text.ts'
import { others } from './timeline.ts'

interface Props {
  reachable: readonly Held[]
  /** An interaction, or '' for everybody. */
  value: string
  onChange: (value: string) => void
}

/** To all who answer here, or to one of them alone. */
export function TargetChooser({ reachable, value, onChange }: Props) {
  return (
    <div class="target">
      <label for="target">{t('to')}</label>
      <select id="target" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">{t('everyone')}</option>
        {reachable.map((held) => (
          <option key={held.view.id} value={held.view.id}>
            {t('onlyTo', {
              name: others(held)
                .map((one) => one.alias)
                .join(', '),
            })}
          </option>
        ))}
      </select>
    </div>
  )
}
