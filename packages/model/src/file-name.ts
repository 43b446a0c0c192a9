// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"<>|?*:;]/g
const LONGEST_BYTES = 150
// Windows opens a device, not a file, under these names, whatever follows the dot.
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'text/csv': '.csv',
  'text/calendar': '.ics',
  'text/html': '.html',
  'message/rfc822': '.eml',
  'application/zip': '.zip',
}

/**
 * A file name as somebody outside gave it, made safe to show, to put into a header and to store under: no path, no control
 * characters, nothing that turns the text around (`exe.gpj`), no device name, at most 150 bytes with the extension kept.
 * A missing name becomes `attachment` with the extension of its type.
 */
export function safeFileName(given: string, type = ''): string {
  const base = given.normalize('NFC').toWellFormed().replace(/\\/g, '/').split('/').at(-1) ?? ''
  const plain = base
    .replace(UNSAFE, '')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (plain === '') return `attachment${EXTENSIONS[type.toLowerCase()] ?? ''}`
  return shorten(DEVICE.test(plain) ? `_${plain}` : plain)
}

function shorten(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  let stem = extension === '' ? name : name.slice(0, dot)
  if (stem.length > LONGEST_BYTES) stem = stem.slice(0, LONGEST_BYTES)
  while (new TextEncoder().encode(stem + extension).length > LONGEST_BYTES) stem = stem.slice(0, -1)
  return stem.toWellFormed().trimEnd() + extension
}
