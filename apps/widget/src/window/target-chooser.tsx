import type { Held } from '@parley/client'
import { listOf, t } from './text.ts'
import { others } from './timeline.ts'

interface Props {
  reachable: readonly Held[]
  /** An interaction, or '' for everybody. */
  value: string
  /** Who was chosen is not to be reached any more: somebody is to be chosen anew. */
  isLost: boolean
  onChange: (value: string) => void
}

/** To all who answer here, or to one of them alone. */
export function TargetChooser({ reachable, value, isLost, onChange }: Props) {
  return (
    <div class="target">
      <label for="target">{t('to')}</label>
      <select id="target" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {isLost && <option value={value}>{t('choose')}</option>}
        <option value="">{t('everyone')}</option>
        {reachable.map((held) => (
          <option key={held.view.id} value={held.view.id}>
            {t('onlyTo', { name: listOf(others(held).map((one) => one.alias)) })}
          </option>
        ))}
      </select>
    </div>
  )
}
