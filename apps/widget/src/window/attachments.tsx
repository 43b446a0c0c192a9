import type { AttachmentView } from '@parley/protocol'
import { Icon } from './icons.tsx'
import { sizeOf } from './size.ts'

export function Attachments({ attachments }: { attachments: readonly AttachmentView[] }) {
  return attachments.map(({ id, url, name, size, image }) => (
    <a
      key={id}
      class={image ? 'picture' : 'file'}
      href={url}
      target="_blank"
      rel="noopener"
      download={image ? undefined : name}
    >
      {image ? (
        <img src={url} alt={name} loading="lazy" />
      ) : (
        <>
          <Icon name="file" />
          <span dir="auto">{name}</span>
          <small>{sizeOf(size)}</small>
        </>
      )}
    </a>
  ))
}
