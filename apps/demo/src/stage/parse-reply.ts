import type { Answer } from '@parley/dev-env/mailboxes'

/** The reply box of a pocket device, read from what a browser posted. Undefined: it is not one, or says nothing. */
export function parseReply(body: string): Answer | undefined {
  const value = parseJson(body)
  if (!isRecord(value) || typeof value.text !== 'string') return undefined
  const attachments = (Array.isArray(value.attachments) ? value.attachments : []).flatMap(parseFile)
  const as = typeof value.as === 'string' ? value.as.trim() : ''
  if (as !== '' && !/^[^\s@<>"(),:;\\[\]]{1,64}@[a-z0-9.-]{1,253}$/i.test(as)) return undefined
  if (value.text.trim() === '' && attachments.length === 0) return undefined
  return {
    text: value.text,
    quoting: value.hasQuote === true ? 'none' : 'gmail',
    attachments,
    ...(as === '' ? {} : { as }),
  }
}

function parseFile(value: unknown): { filename: string; contentType: string; content: Buffer }[] {
  if (!isRecord(value) || typeof value.name !== 'string' || typeof value.base64 !== 'string') return []
  const contentType =
    typeof value.type === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(value.type) ? value.type : 'application/octet-stream'
  return [{ filename: value.name.slice(0, 200), contentType, content: Buffer.from(value.base64, 'base64') }]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
