import type { AttachmentView } from '@parley/protocol'
import { fileSize } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'

export function Attachments({ attachments }: { attachments: readonly AttachmentView[] }) {
  const { language, say } = useWords()
  if (attachments.length === 0) return null
  return (
    <ul className="files" aria-label={say('message.attachments')}>
      {attachments.map((one) => (
        <li key={one.id}>
          <a
            href={one.url}
            target="_blank"
            rel="noreferrer"
            download={one.image ? undefined : one.name}
            className="file"
          >
            {one.image && <img src={one.url} alt="" loading="lazy" className="file-picture" />}
            <span className="file-name" dir="auto">
              {one.name}
            </span>
            <span className="file-size">{fileSize(one.size, language)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
