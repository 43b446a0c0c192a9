import { gunzipSync, inflateSync, constants as zlib } from 'node:zlib'
import { positions, zipEntries } from './leak-archives.ts'

/** Bytes on the way down, and what was undone to get them. */
export type Layer = { bytes: Buffer; inside: string[] }

/** Everything that this layer might hold in a coding, one coding undone. Junk is fine: it is only searched. */
export function decodings(layer: Layer): Layer[] {
  const text = layer.bytes.toString('latin1')
  return [
    ...textDecodings(text),
    ...base64Decodings(text),
    ...hexDecodings(text),
    ...zipEntries(layer.bytes),
    ...deflated(layer.bytes),
  ]
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ bytes, name }) => ({ bytes, inside: [...layer.inside, name] }))
}

type Decoded = { name: string; bytes: Buffer }

const TEXT_CODINGS: [name: string, undo: (text: string) => string][] = [
  // RFC 2231: a parameter cut in pieces, `name*0=…; name*1=…`.
  ['continuation', (text) => text.replace(/"?;\s*[\w-]+\*\d+\*?="?/g, '')],
  ['encoded word', encodedWords],
  ['percent', (text) => text.replace(/%([0-9a-f]{2})/gi, fromHex)],
  [
    'escape',
    (text) => text.replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, long, short) => utf8(`${long ?? short}`)),
  ],
  ['entity', (text) => text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,10}));/gi, entity)],
]

/** Once as it stands and once read as quoted-printable, since nothing here knows which part of a mail is. */
function textDecodings(text: string): Decoded[] {
  const plain = quotedPrintable(text)
  const starts: [string[], string][] =
    plain === text
      ? [[[], text]]
      : [
          [[], text],
          [['quoted-printable'], plain],
        ]
  return starts.flatMap(([names, start]) => {
    let now = start
    const undone = [...names]
    for (const [name, undo] of TEXT_CODINGS) {
      const next = undo(now)
      if (next !== now) undone.push(name)
      now = next
    }
    return undone.length === 0 ? [] : [{ name: undone.join(' + '), bytes: Buffer.from(now, 'latin1') }]
  })
}

function quotedPrintable(text: string): string {
  return text.replace(/=[ \t]*\r?\n/g, '').replace(/=([0-9a-f]{2})/gi, fromHex)
}

function encodedWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(
      /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?\s]*)\?=/gi,
      (_, charset: string, coding: string, words: string) => {
        const bytes = Buffer.from(
          coding.toLowerCase() === 'b'
            ? Buffer.from(words, 'base64').toString('latin1')
            : words.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, fromHex),
          'latin1',
        )
        return decoded(bytes, charset).toString('latin1')
      },
    )
}

function decoded(bytes: Buffer, charset: string): Buffer {
  try {
    return Buffer.from(new TextDecoder(charset).decode(bytes))
  } catch {
    return bytes
  }
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code <= 0x10ffff ? Buffer.from(String.fromCodePoint(code)).toString('latin1') : whole
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  zwnj: '',
  commat: '@',
  period: '.',
  plus: '+',
  lowbar: '_',
  hyphen: '-',
  num: '#',
  colon: ':',
  sol: '/',
}

// One layer for each alignment, with all runs in it: a run may begin anywhere inside what looks like base64.
function base64Decodings(text: string): Decoded[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{4,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*/g) ?? []
  const joined = runs.map((run) => run.replace(/\s+/g, '')).filter((run) => run.length >= 7)
  if (joined.length === 0) return []
  return [0, 1, 2, 3].map((skip) => ({
    name: 'base64',
    bytes: Buffer.concat(joined.flatMap((run) => [Buffer.from(run.slice(skip), 'base64'), Buffer.from('\n')])),
  }))
}

function hexDecodings(text: string): Decoded[] {
  const runs = text.match(/(?:[0-9a-f]{2}[ :\r\n]?){4,}[0-9a-f]{2}[0-9a-f]?/gi) ?? []
  const joined = runs.map((run) => run.replace(/[^0-9a-f]/gi, ''))
  if (joined.length === 0) return []
  return [0, 1].map((skip) => ({
    name: 'hex',
    bytes: Buffer.concat(joined.flatMap((run) => [Buffer.from(run.slice(skip), 'hex'), Buffer.from('\n')])),
  }))
}

function deflated(bytes: Buffer): Decoded[] {
  const found: Decoded[] = []
  const attempt = (name: string, inflate: () => Buffer) => {
    try {
      found.push({ name, bytes: inflate() })
    } catch {
      // Two bytes that look like the beginning of a stream are most often just two bytes.
    }
  }
  const limits = { maxOutputLength: 200_000_000, finishFlush: zlib.Z_SYNC_FLUSH }
  for (const at of positions(bytes, Buffer.from([0x1f, 0x8b, 8]))) {
    attempt('gzip', () => gunzipSync(bytes.subarray(at), limits))
  }
  for (const level of [0x01, 0x5e, 0x9c, 0xda]) {
    for (const at of positions(bytes, Buffer.from([0x78, level]))) {
      attempt('zlib', () => inflateSync(bytes.subarray(at), limits))
    }
  }
  return found
}

function fromHex(_: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16))
}

function utf8(hex: string): string {
  return Buffer.from(String.fromCharCode(Number.parseInt(hex, 16))).toString('latin1')
}
