import type { AttachmentView, WidgetConfig } from '@parley/protocol'

export interface Upload {
  key: number
  name: string
  /** 0–100. */
  percent: number
  done: AttachmentView | null
}

export type UploadRefusal = 'tooLarge' | 'wrongType'

/** Asked before a byte is sent; the server asks again. */
export function judgeFile(
  { name, type, size }: { name: string; type: string; size: number },
  { maxUploadBytes, uploadTypes }: Pick<WidgetConfig, 'maxUploadBytes' | 'uploadTypes'>,
): UploadRefusal | null {
  if (size > maxUploadBytes) return 'tooLarge'
  const fits = (pattern: string) =>
    pattern.endsWith('/*')
      ? type.startsWith(pattern.slice(0, -1))
      : pattern === type || (pattern.startsWith('.') && name.toLowerCase().endsWith(pattern))
  return uploadTypes.length === 0 || uploadTypes.some(fits) ? null : 'wrongType'
}

/** By XMLHttpRequest, because `fetch` does not tell how far an upload has come. */
export function upload(
  file: File,
  token: string,
  onProgress: (percent: number) => void,
): Promise<AttachmentView | string> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100))
    request.onload = () => resolve(request.status < 300 ? request.response : (request.response?.text ?? ''))
    request.onerror = () => resolve('')
    request.send(file)
  })
}
