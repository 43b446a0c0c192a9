import { startsWith, toLatin1 } from './bytes.ts'
import { isMp3 } from './strip-sound.ts'

export type FileKind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'pdf'
  | 'zip'
  | 'iso-media'
  | 'matroska'
  | 'ogg'
  | 'wave'
  | 'flac'
  | 'mp3'
  | 'amr'
  | 'text'
  | 'markup'
  | 'executable'
  | 'archive'
  | 'addresses'
  | 'opaque'
  | 'unknown'

const MAGIC: [string | number[], FileKind][] = [
  [[0xff, 0xd8, 0xff], 'jpeg'],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['%PDF-', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['MZ', 'executable'],
  ['\x7fELF', 'executable'],
  ['#!AMR', 'amr'],
  ['#!', 'executable'],
  [[0xca, 0xfe, 0xba, 0xbe], 'executable'],
  [[0xfe, 0xed, 0xfa], 'executable'],
  [[0xcf, 0xfa, 0xed, 0xfe], 'executable'],
  ['\0asm', 'executable'],
  ['L\0\0\0\x01\x14\x02\0', 'executable'],
  ['Rar!', 'archive'],
  ['7z\xbc\xaf\x27\x1c', 'archive'],
  [[0x1f, 0x8b], 'archive'],
  ['BZh', 'archive'],
  ['\xfd7zXZ\0', 'archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'archive'],
  [[0x1a, 0x45, 0xdf, 0xa3], 'matroska'],
  ['OggS', 'ogg'],
  ['fLaC', 'flac'],
  // Old Office, TIFF, RTF, winmail.dat: known, and full of names and places.
  [[0xd0, 0xcf, 0x11, 0xe0], 'opaque'],
  ['II*\0', 'opaque'],
  ['MM\0*', 'opaque'],
  ['{\\rtf', 'opaque'],
  [[0x78, 0x9f, 0x3e, 0x22], 'opaque'],
]

/** What a file is by its own bytes, whatever its name and its sender say. */
export function sniffType(bytes: Uint8Array): FileKind {
  if (startsWith(bytes, 'RIFF')) {
    if (startsWith(bytes, 'WEBP', 8)) return 'webp'
    return startsWith(bytes, 'WAVE', 8) ? 'wave' : 'opaque'
  }
  if (startsWith(bytes, 'ftyp', 4)) return 'iso-media'
  if (isMp3(bytes)) return 'mp3'
  const known = MAGIC.find(([magic]) => startsWith(bytes, magic))
  if (known) return known[1]
  // A PDF may have up to 1024 bytes before its mark, and readers accept that.
  const head = toLatin1(bytes, 0, Math.min(bytes.length, 1024))
  if (head.includes('%PDF-')) return 'pdf'
  return isText(bytes) ? kindOfText(head) : 'unknown'
}

function kindOfText(head: string): FileKind {
  const start = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  if (/^begin:(?:vcalendar|vcard)/.test(start)) return 'addresses'
  if (/^(?:(?:received|return-path|delivered-to|message-id|from|to|date|subject|mime-version):.*\r?\n){2}/.test(start))
    return 'addresses'
  return /^<(?:\?xml|!doctype|!--|html|svg|head|body|script|math|\w+[\s>])/.test(start) ||
    /<(?:script|svg|html|iframe)[\s>]/.test(start)
    ? 'markup'
    : 'text'
}

function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) return false
  return true
}
