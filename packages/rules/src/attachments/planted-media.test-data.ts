import { concatenate, fromLatin1 } from './bytes.ts'
import { SECRET } from './planted-files.test-data.ts'

const secret = fromLatin1(SECRET)
/** What must come out as it went in: "pictures" and "sound" of the planted files. */
export const CONTENT = fromLatin1('\x01\x02the picture and the sound\x03\x04')

const u16 = (value: number) => Uint8Array.of(value >> 8, value & 255)
const u32 = (value: number) => concatenate([u16(value >>> 16), u16(value & 0xffff)])
const zeros = (count: number) => new Uint8Array(count)

function box(type: string, ...parts: Uint8Array[]): Uint8Array {
  const body = concatenate(parts)
  return concatenate([u32(8 + body.length), fromLatin1(type), body])
}

const times = concatenate([u32(0), u32(0x7a_00_00_00), u32(0x7a_00_00_01)])

function track(handler: string, at: number, sizes: number[]): Uint8Array {
  const samples = box(
    'stbl',
    box('stsd', u32(0), u32(0)),
    box('stsc', u32(0), u32(1), u32(1), u32(sizes.length), u32(1)),
    box('stsz', u32(0), u32(0), u32(sizes.length), ...sizes.map(u32)),
    box('stco', u32(0), u32(1), u32(at)),
  )
  const hdlr = box('hdlr', u32(0), u32(0), fromLatin1(handler), zeros(12), secret, zeros(1))
  const mdia = box('mdia', box('mdhd', times, u32(600), u32(0), u32(0)), hdlr, box('minf', samples))
  return box('trak', box('tkhd', times, zeros(72)), mdia, box('udta', box('name', secret)))
}

/** A film of a telephone: the place in `udta` and `meta`, a track of places beside the picture, and a box of its maker's own. */
export function plantedMp4(brand = 'isom'): Uint8Array {
  const ftyp = box('ftyp', fromLatin1(brand), u32(0), fromLatin1('isom'))
  const make = (at: number) =>
    concatenate([
      ftyp,
      box(
        'moov',
        box('mvhd', times, zeros(88)),
        track('vide', at, [CONTENT.length]),
        track('meta', at + CONTENT.length, [10, secret.length - 10]),
        box('udta', box('\xa9xyz', secret)),
        box('meta', u32(0), box('ilst', secret)),
      ),
      box('uuid', zeros(16), secret),
      box('free', secret),
      box('mdat', CONTENT, secret),
    ])
  return make(make(0).length - CONTENT.length - secret.length)
}

/** A picture of a telephone: EXIF as an item of its own beside the picture. */
export function plantedHeic(): Uint8Array {
  const ftyp = box('ftyp', fromLatin1('heic'), u32(0), fromLatin1('mif1heic'))
  const infe = (id: number, type: string, name: Uint8Array) =>
    box('infe', u32(0x02_00_00_00), u16(id), u16(0), fromLatin1(type), name, zeros(1))
  const item = (id: number, at: number, length: number) =>
    concatenate([u16(id), u16(0), u16(0), u16(1), u32(at), u32(length)])
  const make = (at: number) => {
    const iloc = box(
      'iloc',
      u32(0x01_00_00_00),
      Uint8Array.of(0x44, 0),
      u16(2),
      item(1, at, CONTENT.length),
      item(2, at + CONTENT.length, secret.length),
    )
    const items = box('iinf', u32(0), u16(2), infe(1, 'hvc1', secret), infe(2, 'Exif', zeros(0)))
    const hdlr = box('hdlr', u32(0), u32(0), fromLatin1('pict'), zeros(12), secret)
    const meta = box('meta', u32(0), hdlr, box('pitm', u32(0), u16(1)), iloc, items, box('uuid', zeros(16), secret))
    return concatenate([ftyp, meta, box('mdat', CONTENT, secret)])
  }
  return make(make(0).length - CONTENT.length - secret.length)
}

/** Words behind a telephone's voice message; `kind` as the codec calls itself. */
export function plantedOgg(kind: 'opus' | 'vorbis'): Uint8Array {
  const little = (value: number) => u32(value).reverse()
  const page = (number: number, body: Uint8Array) => {
    const lacing = [...Array.from({ length: Math.floor(body.length / 255) }, () => 255), body.length % 255]
    const head = [
      fromLatin1('OggS'),
      Uint8Array.of(0, number === 0 ? 2 : 0),
      zeros(8),
      little(7),
      little(number),
      zeros(4),
    ]
    return concatenate([...head, Uint8Array.of(lacing.length, ...lacing), body])
  }
  const comments = [little(6), fromLatin1('secret'), little(1), little(secret.length), secret]
  const [head, tags] =
    kind === 'opus'
      ? [fromLatin1('OpusHead\x01\x01'), [fromLatin1('OpusTags'), ...comments]]
      : [fromLatin1('\x01vorbis'), [fromLatin1('\x03vorbis'), ...comments, Uint8Array.of(1)]]
  return concatenate([page(0, concatenate([head, zeros(12)])), page(1, concatenate(tags)), page(2, CONTENT)])
}

/** As a browser records it: sizes left open; with a title, a program, names and tags. */
export function plantedWebm(): Uint8Array {
  const element = (id: number[], ...parts: Uint8Array[]) => {
    const body = concatenate(parts)
    return concatenate([
      Uint8Array.from(id),
      Uint8Array.of(0x10 | (body.length >>> 24)),
      u32(body.length).subarray(1),
      body,
    ])
  }
  const open = (id: number[], ...parts: Uint8Array[]) =>
    concatenate([Uint8Array.from(id), Uint8Array.of(0x01, 255, 255, 255, 255, 255, 255, 255), ...parts])
  const cluster = [0x1f, 0x43, 0xb6, 0x75]
  return concatenate([
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], fromLatin1('webm'))),
    open(
      [0x18, 0x53, 0x80, 0x67],
      element([0xec], secret),
      element([0x15, 0x49, 0xa9, 0x66], element([0x7b, 0xa9], secret), element([0x4d, 0x80], secret)),
      element(
        [0x16, 0x54, 0xae, 0x6b],
        element([0xae], element([0x53, 0x6e], secret), element([0x86], fromLatin1('V_VP8'))),
      ),
      element([0x12, 0x54, 0xc3, 0x67], element([0x73, 0x73], secret)),
      open(cluster, element([0xe7], Uint8Array.of(0)), element([0xa3], CONTENT)),
      open(cluster, element([0xe7], Uint8Array.of(9)), element([0xa3], CONTENT)),
    ),
  ])
}

export function plantedWave(): Uint8Array {
  const little = (value: number) => u32(value).reverse()
  const chunk = (name: string, body: Uint8Array) =>
    concatenate([fromLatin1(name), little(body.length), body, zeros(body.length & 1)])
  const body = concatenate([
    fromLatin1('WAVE'),
    chunk('fmt ', zeros(16)),
    chunk('LIST', concatenate([fromLatin1('INFOIART'), secret])),
    chunk('data', CONTENT),
    chunk('id3 ', secret),
  ])
  return concatenate([fromLatin1('RIFF'), little(body.length), body, secret])
}

export function plantedFlac(): Uint8Array {
  const block = (kind: number, body: Uint8Array) =>
    concatenate([Uint8Array.of(kind), u32(body.length).subarray(1), body])
  return concatenate([fromLatin1('fLaC'), block(0, zeros(34)), block(4, secret), block(0x86, secret), CONTENT])
}

export function plantedMp3(): Uint8Array {
  // 128 kbit/s at 44.1 kHz: 417 bytes a frame.
  const frame = concatenate([Uint8Array.of(0xff, 0xfb, 0x90, 0x64), CONTENT, zeros(417 - 4 - CONTENT.length)])
  const id3 = concatenate([fromLatin1('ID3\x04\0\0'), Uint8Array.of(0, 0, 0, secret.length), secret])
  const ape = concatenate([secret, fromLatin1('APETAGEX'), zeros(4), u32(secret.length + 32).reverse(), zeros(16)])
  const tag = concatenate([fromLatin1('TAG'), secret.subarray(0, 125), zeros(Math.max(0, 125 - secret.length))])
  return concatenate([id3, zeros(20), frame, frame, frame, ape, tag])
}
