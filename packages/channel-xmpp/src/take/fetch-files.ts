import { type InboundAttachment, type SafeFetchResult, safeFetch } from '@parley/channel-sdk'
import type { FileReference } from '../read/reading.ts'

export interface FileOptions {
  /** Hosts that may be reached wherever they stand (`safeFetch`): an upload service inside your own network. */
  readonly hosts?: readonly string[]
  /** For each file. Default 30 seconds. */
  readonly timeoutMs?: number
}

export type FetchedFiles =
  | { ok: true; attachments: InboundAttachment[] }
  /** `reason` is for a log: without the URL. */
  | { ok: false; why: 'too-large' | 'refused' | 'passing'; reason: string }

/** What lies at the URLs that somebody sent. All of it or nothing: what its writer believes to have sent is never taken in part. */
export async function fetchFiles(
  files: readonly FileReference[],
  maxBytes: number,
  { hosts = [], timeoutMs = 30_000 }: FileOptions,
): Promise<FetchedFiles> {
  const attachments: InboundAttachment[] = []
  let left = maxBytes
  for (const { url, name, type } of files) {
    const fetched = await safeFetch(url, { maxBytes: left, timeoutMs, redirects: 3, allow: hosts })
    if (!fetched.ok) return { ok: false, why: whyNot(fetched.because), reason: fetched.because }
    if (fetched.status !== 200) {
      return { ok: false, why: fetched.status >= 500 ? 'passing' : 'refused', reason: `status ${fetched.status}` }
    }
    left -= fetched.bytes.byteLength
    attachments.push({
      name: name ?? nameIn(url),
      type: fetched.headers['content-type'] ?? type ?? 'application/octet-stream',
      bytes: fetched.bytes,
      inline: false,
    })
  }
  return { ok: true, attachments }
}

function whyNot(because: Extract<SafeFetchResult, { ok: false }>['because']): 'too-large' | 'refused' | 'passing' {
  if (because === 'too-large') return 'too-large'
  const isPassing = because === 'cannot-connect' || because === 'too-slow' || because === 'broken'
  return isPassing ? 'passing' : 'refused'
}

function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last).slice(0, 200) || 'file'
  } catch {
    return last.slice(0, 200) || 'file'
  }
}
