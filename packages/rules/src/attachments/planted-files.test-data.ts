import { strToU8, zipSync, zlibSync } from 'fflate'
import { concatenate, fromLatin1, viewOf } from './bytes.ts'

/** Planted into every file as author, place or device; searched for afterwards in everything a reader could unpack. */
export const SECRETS = ['Ana Geheim', 'ana@secret.example', 'GPS 52.52 13.40', 'SecretPhone 9']
export const SECRET = SECRETS.join(' | ')

const base64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
const secret = fromLatin1(SECRET)

/** A 2×1 picture as a browser writes it, without a colour profile. */
const JPEG = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAABAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAYEAEAAwEAAAAAAAAAAAAAAAAAAQIycf/EABUBAQEAAAAAAAAAAAAAAAAAAAAB/8QAFhEBAQEAAAAAAAAAAAAAAAAAAAEx/9oADAMBAAIRAxEAPwCO2p6ALdf/2Q==',
)
const PNG = base64(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEElEQVR4AWL6z8AARAwMAAAAAP//fAP9MwAAAAZJREFUAwANDgIBC6fMrQAAAABJRU5ErkJggg==',
)
const GIF = base64('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==')

const segment = (marker: number, body: Uint8Array) =>
  concatenate([Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body])

/** EXIF with orientation 6 (a phone held upright) and the secret behind it. */
function exif(): Uint8Array {
  return concatenate([
    Uint8Array.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]),
    secret,
  ])
}

export function plantedJpeg(): Uint8Array {
  return concatenate([
    JPEG.subarray(0, 20),
    segment(0xe1, concatenate([fromLatin1('Exif\0\0'), exif()])),
    segment(0xe1, concatenate([fromLatin1('http://ns.adobe.com/xap/1.0/\0'), secret])),
    segment(0xed, concatenate([fromLatin1('Photoshop 3.0\0'), secret])),
    segment(0xfe, secret),
    JPEG.subarray(20),
    secret,
  ])
}

const chunk = (name: string, body: Uint8Array) => {
  const whole = new Uint8Array(12 + body.length)
  viewOf(whole).setUint32(0, body.length)
  whole.set(fromLatin1(name), 4)
  whole.set(body, 8)
  return whole
}

export function plantedPng(): Uint8Array {
  return concatenate([
    PNG.subarray(0, 33),
    chunk('tEXt', concatenate([fromLatin1('Author\0'), secret])),
    chunk('zTXt', concatenate([fromLatin1('Author\0\0'), zlibSync(secret)])),
    chunk('iTXt', concatenate([fromLatin1('XML:com.adobe.xmp\0\0\0\0\0'), secret])),
    chunk('eXIf', exif()),
    chunk('prVt', secret),
    PNG.subarray(33),
    secret,
  ])
}

export function plantedGif(): Uint8Array {
  const comment = concatenate([Uint8Array.of(0x21, 0xfe, secret.length), secret, Uint8Array.of(0)])
  const xmp = concatenate([
    Uint8Array.of(0x21, 0xff, 11),
    fromLatin1('XMP DataXMP'),
    Uint8Array.of(secret.length),
    secret,
    Uint8Array.of(0),
  ])
  return concatenate([GIF.subarray(0, 19), comment, xmp, GIF.subarray(19), secret])
}

const VP8 = base64('VlA4ICgAAACQAQCdASoCAAEAB0CWJaACdLoAA5gA/uUK+Cepco/+N48CvJdjoAAA')
export function plantedWebp(): Uint8Array {
  const riff = (name: string, body: Uint8Array) => {
    const whole = new Uint8Array(8 + body.length + (body.length & 1))
    whole.set(fromLatin1(name))
    viewOf(whole).setUint32(4, body.length, true)
    whole.set(body, 8)
    return whole
  }
  const extended = riff('VP8X', Uint8Array.of(0x0c, 0, 0, 0, 1, 0, 0, 0, 0, 0))
  return riff('RIFF', concatenate([fromLatin1('WEBP'), extended, VP8, riff('EXIF', exif()), riff('XMP ', secret)]))
}

/** `packed` hides Info and a comment's author in an object stream and deflates the XMP, as programs of today do. */
export function plantedPdf(packed: boolean): Uint8Array {
  const info = `<< /Title (\\(draft\\) ${SECRET}) /Author 8 0 R /Producer <${[...secret].map((byte) => byte.toString(16)).join('')}> >>`
  const comment = `<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (${SECRET}) /Contents (please look) >>`
  const xmp = fromLatin1(`<?xpacket begin=""?><x:xmpmeta>${SECRET}</x:xmpmeta><?xpacket end="w"?>`)
  const photo = plantedJpeg()
  const parts: Uint8Array[] = [
    fromLatin1('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>\nendobj\n'),
  ]
  const stream = (number: number, dictionary: string, body: Uint8Array) =>
    parts.push(
      fromLatin1(`${number} 0 obj\n<< ${dictionary} /Length ${body.length} >>\nstream\n`),
      body,
      fromLatin1('\nendstream\nendobj\n'),
    )
  if (packed) {
    const objects = [info, comment, `(${SECRET})`]
    const offsets = [0, info.length + 1, info.length + comment.length + 2]
    const header = `4 ${offsets[0]} 6 ${offsets[1]} 8 ${offsets[2]} `
    stream(
      3,
      `/Type /ObjStm /N 3 /First ${header.length} /Filter /FlateDecode`,
      zlibSync(fromLatin1(header + objects.join('\n')), { level: 9 }),
    )
    stream(5, '/Type /Metadata /Subtype /XML /Filter /FlateDecode', zlibSync(xmp))
  } else {
    parts.push(fromLatin1(`8 0 obj\n(${SECRET})\nendobj\n4 0 obj\n${info}\nendobj\n6 0 obj\n${comment}\nendobj\n`))
    stream(5, '/Type /Metadata /Subtype /XML', xmp)
  }
  stream(7, '/Type /XObject /Subtype /Image /Width 2 /Height 1 /Filter /DCTDecode', photo)
  parts.push(fromLatin1('trailer\n<< /Root 1 0 R /Info 4 0 R >>\nstartxref\n0\n%%EOF\n'))
  return concatenate(parts)
}

const xml = (body: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`)

export function plantedDocx(more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': xml('<Types/>'),
    '_rels/.rels': xml('<Relationships/>'),
    'word/document.xml': xml(
      `<w:document><w:ins w:id="1" w:author="${SECRET}" w:date="2025-01-01"><w:t>Our offer</w:t></w:ins></w:document>`,
    ),
    'word/comments.xml': xml(`<w:comment w:author="${SECRET}" w:initials="${SECRET}"><w:t>Look</w:t></w:comment>`),
    'word/media/image1.jpeg': plantedJpeg(),
    'docProps/core.xml': xml(`<cp:coreProperties><dc:creator>${SECRET}</dc:creator></cp:coreProperties>`),
    'docProps/app.xml': xml(`<Properties><Company>${SECRET}</Company></Properties>`),
    'docProps/custom.xml': xml(`<Properties>${SECRET}</Properties>`),
    'docProps/thumbnail.jpeg': plantedJpeg(),
    'customXml/item1.xml': xml(`<a>${SECRET}</a>`),
    ...more,
  })
}

export function plantedXlsx(): Uint8Array {
  return zipSync({
    '[Content_Types].xml': xml('<Types/>'),
    'xl/workbook.xml': xml(
      `<workbook><fileSharing userName="${SECRET}"/><x15ac:absPath url="C:\\Users\\${SECRET}\\"/></workbook>`,
    ),
    'xl/comments1.xml': xml(`<comments><authors><author>${SECRET}</author></authors><t>Sum</t></comments>`),
    'xl/persons/person.xml': xml(`<person displayName="${SECRET}" userId="${SECRET}"/>`),
    'xl/printerSettings/printerSettings1.bin': secret,
    'docProps/core.xml': xml(`<a>${SECRET}</a>`),
  })
}

export function plantedOdt(): Uint8Array {
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': xml(
      `<office:annotation><dc:creator>${SECRET}</dc:creator><text:p>Look</text:p></office:annotation>`,
    ),
    'meta.xml': xml(`<meta:initial-creator>${SECRET}</meta:initial-creator>`),
    'settings.xml': xml(
      `<config:config-item config:name="PrinterName" config:type="string">${SECRET}</config:config-item>`,
    ),
    'Pictures/1.png': plantedPng(),
    'Thumbnails/thumbnail.png': plantedPng(),
    'META-INF/manifest.xml': xml('<manifest:manifest/>'),
  })
}
