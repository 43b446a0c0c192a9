import { Icon } from './icons.tsx'
import { t } from './text.ts'
import type { Upload } from './upload.ts'

export function Uploads({ uploads, onRemove }: { uploads: readonly Upload[]; onRemove: (key: number) => void }) {
  return (
    <ul class="uploads">
      {uploads.map(({ key, name, percent, done }) => (
        <li key={key}>
          <Icon name="file" />
          <span dir="auto">{name}</span>
          {!done && <progress max={100} value={percent} aria-label={t('uploading', { name, percent })} />}
          <button type="button" class="round" aria-label={t('remove', { name })} onClick={() => onRemove(key)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
