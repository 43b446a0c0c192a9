import { strToU8, unzipSync, unzlibSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { concatenate, fromLatin1, toLatin1 } from './bytes.ts'
import { judgeAttachment } from './judge-attachment.ts'
import {
  plantedDocx,
  plantedGif,
  plantedJpeg,
  plantedOdt,
  plantedPdf,
  plantedPng,
  plantedWebp,
  plantedXlsx,
  SECRET,
  SECRETS,
} from './planted-files.test-data.ts'

/** Everything a curious reader could get out of a file: its bytes, what zlib streams in it hold, what a zip holds, UTF-16 and hex. */
function everythingIn(bytes: Uint8Array): string {
  const seen = [toLatin1(bytes)]
  if (toLatin1(bytes, 0, 2) === 'PK') for (const part of Object.values(unzipSync(bytes))) seen.push(everythingIn(part))
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at] !== 0x78) continue
    try {
      seen.push(toLatin1(unzlibSync(bytes.subarray(at), { out: new Uint8Array(100_000) })))
    } catch {
      // Not a stream after all.
    }
  }
  const all = seen.join('\n')
  return `${all}\n${all.replaceAll('\0', '')}\n${all.replace(/([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))}`
}

const planted: [string, Uint8Array, string, 'inline' | 'download'][] = [
  ['photo.jpg', plantedJpeg(), 'image/jpeg', 'inline'],
  ['photo.png', plantedPng(), 'image/png', 'inline'],
  ['photo.gif', plantedGif(), 'image/gif', 'inline'],
  ['photo.webp', plantedWebp(), 'image/webp', 'inline'],
  ['offer.pdf', plantedPdf(false), 'application/pdf', 'download'],
  ['packed.pdf', plantedPdf(true), 'application/pdf', 'download'],
  ['offer.docx', plantedDocx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'download'],
  ['sums.xlsx', plantedXlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'download'],
  ['offer.odt', plantedOdt(), 'application/vnd.oasis.opendocument.text', 'download'],
]

test.each(planted)(
  'A9: %s is passed on without the name, place and device planted in it',
  (name, bytes, type, serveAs) => {
    expect(SECRETS.some((secret) => everythingIn(bytes).includes(secret))).toBe(true)
    const verdict = judgeAttachment(name, 'application/octet-stream', bytes)
    expect(verdict).toMatchObject({ accepted: true, type, serveAs })
    if (!verdict.accepted) return
    expect(verdict.removed.length).toBeGreaterThan(0)
    const left = everythingIn(verdict.bytes)
    for (const secret of SECRETS) expect(left).not.toContain(secret)
  },
)

test.each(planted)(
  'A9: cleaning %s a second time finds nothing more and changes nothing in a picture',
  (name, bytes, type) => {
    const once = judgeAttachment(name, '', bytes)
    const twice = once.accepted ? judgeAttachment(name, '', once.bytes) : once
    expect(twice).toMatchObject({ accepted: true, type })
    if (
      once.accepted &&
      twice.accepted &&
      type.startsWith('image/') &&
      type !== 'image/jpeg' &&
      type !== 'image/webp'
    ) {
      expect(twice.removed).toEqual([])
      expect(twice.bytes).toEqual(once.bytes)
    }
  },
)

test('a photograph taken upright stays upright: the orientation alone is kept', () => {
  for (const bytes of [plantedJpeg(), plantedWebp()]) {
    const verdict = judgeAttachment('a.jpg', '', bytes)
    const text = verdict.accepted ? toLatin1(verdict.bytes) : ''
    expect(text).toContain('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06')
  }
})

test('what a document says stays: text, comments, and a PDF of the same length', () => {
  const docx = judgeAttachment('a.docx', '', plantedDocx())
  const parts = docx.accepted ? unzipSync(docx.bytes) : {}
  expect(new TextDecoder().decode(parts['word/document.xml'])).toContain('<w:t>Our offer</w:t>')
  expect(new TextDecoder().decode(parts['word/comments.xml'])).toContain('<w:t>Look</w:t>')
  const pdf = judgeAttachment('a.pdf', '', plantedPdf(false))
  expect(pdf.accepted && toLatin1(pdf.bytes)).toContain('/Contents (please look)')
  expect(pdf.accepted && pdf.bytes.length).toBe(plantedPdf(false).length)
})

test('plain text and tables pass as they are', () => {
  const csv = strToU8('name,amount\nPümpe,2\n')
  expect(judgeAttachment('a.csv', 'text/csv', csv)).toEqual({
    accepted: true,
    bytes: csv,
    type: 'text/csv',
    serveAs: 'download',
    removed: [],
  })
  expect(judgeAttachment('a.txt', 'image/png', strToU8('hello'))).toMatchObject({
    accepted: true,
    type: 'text/plain',
    serveAs: 'download',
  })
})

const withPdf = (more: string) =>
  fromLatin1(toLatin1(plantedPdf(false)).replace('/Type /Catalog', `/Type /Catalog ${more}`))

test.each([
  ['a program', 'setup.bin', strToU8('MZ\x90\0'), 'executable'],
  ['a shell script', 'a.txt', strToU8('#!/bin/sh\nrm -rf /\n'), 'executable'],
  ['a text whose name makes it run', 'plan.txt.bat', strToU8('echo hello'), 'dangerous-name'],
  ['a page with a script', 'page.txt', strToU8('<html><script>alert(1)</script></html>'), 'active-content'],
  [
    'an SVG picture',
    'logo.png',
    strToU8('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    'active-content',
  ],
  ['an archive', 'a.zip', zipSync({ 'a.txt': strToU8('hi') }), 'holds-other-files'],
  ['a visiting card', 'a.txt', strToU8('BEGIN:VCARD\nFN:Ana\nEND:VCARD\n'), 'carries-addresses'],
  ['an invitation', 'a.ics', strToU8('BEGIN:VCALENDAR\nORGANIZER:mailto:ana@secret.example\n'), 'carries-addresses'],
  ['a whole mail', 'a.eml', strToU8('From: ana@secret.example\nTo: bo@example.org\n\nhi'), 'carries-addresses'],
  [
    'an old Office file',
    'a.doc',
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    'metadata-not-removable',
  ],
  ['winmail.dat', 'winmail.dat', Uint8Array.of(0x78, 0x9f, 0x3e, 0x22, 1), 'metadata-not-removable'],
  ['a film cut short', 'a.mp4', strToU8('\0\0\0\x18ftypmp42'), 'damaged'],
  ['noise', 'a.bin', Uint8Array.of(1, 2, 3, 4), 'unknown-type'],
  ['nothing', 'a.txt', new Uint8Array(0), 'empty'],
  ['a JPEG cut short', 'a.jpg', plantedJpeg().subarray(0, 120), 'damaged'],
  ['a PNG cut short', 'a.png', plantedPng().subarray(0, 60), 'damaged'],
  ['a document with macros', 'a.docx', plantedDocx({ 'word/vbaProject.bin': strToU8('x') }), 'active-content'],
  [
    'a document with a file inside',
    'a.docx',
    plantedDocx({ 'word/embeddings/oleObject1.bin': strToU8('x') }),
    'holds-other-files',
  ],
  ['an encrypted PDF', 'a.pdf', withPdf('/Encrypt 9 0 R'), 'encrypted'],
  ['a PDF with a script', 'a.pdf', withPdf('/OpenAction << /S /JavaScript >>'), 'active-content'],
  ['a PDF that hides its names', 'a.pdf', withPdf('/In#66o 4 0 R'), 'metadata-not-removable'],
  ['a PDF with a file inside', 'a.pdf', withPdf('/Names << /EmbeddedFiles 9 0 R >>'), 'holds-other-files'],
])('%s is refused with its reason', (_, name, bytes, because) => {
  expect(judgeAttachment(name, '', bytes)).toEqual({ accepted: false, because })
})

test('a zip bomb dressed as a document is refused before it is opened', () => {
  const bomb = zipSync(
    { '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': new Uint8Array(60_000_000) },
    { level: 9 },
  )
  expect(bomb.length).toBeLessThan(100_000)
  expect(judgeAttachment('a.docx', '', bomb)).toEqual({ accepted: false, because: 'too-expansive' })
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`word/${index}.xml`, new Uint8Array(0)])),
  )
  expect(judgeAttachment('a.docx', '', many)).toEqual({ accepted: false, because: 'too-expansive' })
})

test('files made of nothing but the marks that rules look for cost no time and are refused or passed', () => {
  const pieces = [
    '1 0 obj ',
    'stream\n',
    '1 0 obj<</Type/ObjStm>>stream\n',
    '(',
    '/T(',
    '<',
    'endobj ',
    '/Info 1 0 R ',
    '<</Subtype/Text/T(',
  ]
  for (const piece of pieces) {
    const bytes = fromLatin1(`%PDF-1.4\n${piece.repeat(2_000_000 / piece.length)}\n%%EOF`)
    expect(typeof judgeAttachment('a.pdf', '', bytes).accepted).toBe('boolean')
  }
})

test('a file whose bytes were changed at random is refused or cleaned, and never breaks the process', () => {
  let seed = 7
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed
  }
  for (const [name, bytes] of planted) {
    for (let round = 0; round < 60; round++) {
      const broken = Uint8Array.from(bytes)
      for (let change = 0; change < 4; change++) broken[next() % broken.length] = next() % 256
      const cut =
        round % 3 === 0 ? broken.subarray(0, next() % broken.length) : concatenate([broken, fromLatin1(SECRET)])
      expect(typeof judgeAttachment(name, '', cut).accepted).toBe('boolean')
    }
  }
})

test('a file over the limit is refused by its size', () => {
  expect(judgeAttachment('a.txt', 'text/plain', strToU8('hello'), { maxBytes: 4 })).toEqual({
    accepted: false,
    because: 'too-large',
  })
})
