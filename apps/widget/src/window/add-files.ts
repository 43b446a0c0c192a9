import type { Session } from './session.ts'
import { sizeOf } from './size.ts'
import { t } from './text.ts'
import { judgeFile, type Upload, upload } from './upload.ts'

let keys = 0

/** Sends files one after the other. `change` gets a new list from the old one; `tell` what is wrong, or ''. */
export async function addFiles(
  session: Session,
  files: readonly File[],
  change: (next: (list: Upload[]) => Upload[]) => void,
  tell: (problem: string) => void,
): Promise<void> {
  const { config } = session
  tell('')
  for (const file of files) {
    const refusal = config && judgeFile(file, config)
    if (refusal) {
      tell(t(refusal, { name: file.name, size: sizeOf(config.maxUploadBytes) }))
      continue
    }
    keys += 1
    const key = keys
    const update = (part: Partial<Upload>) =>
      change((list) => list.map((one) => (one.key === key ? { ...one, ...part } : one)))
    change((list) => [...list, { key, name: file.name, percent: 0, done: null }])
    const done = await upload(file, await session.token(), (percent) => update({ percent })).catch(() => '')
    if (typeof done !== 'string') update({ done })
    else {
      change((list) => list.filter((one) => one.key !== key))
      tell(done || t('uploadFailed', { name: file.name }))
    }
  }
}
