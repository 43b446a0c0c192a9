import { expect, test } from 'vitest'
import { fromLatin1, toLatin1 } from './bytes.ts'
import { judgeAttachment } from './judge-attachment.ts'
import { SECRETS } from './planted-files.test-data.ts'
import {
  CONTENT,
  plantedFlac,
  plantedHeic,
  plantedMp3,
  plantedMp4,
  plantedOgg,
  plantedWave,
  plantedWebm,
} from './planted-media.test-data.ts'

const planted: [string, Uint8Array, string][] = [
  ['film.mp4', plantedMp4(), 'video/mp4'],
  ['film.mov', plantedMp4('qt  '), 'video/quicktime'],
  ['film.3gp', plantedMp4('3gp5'), 'video/3gpp'],
  ['photo.heic', plantedHeic(), 'image/heic'],
  ['voice.opus', plantedOgg('opus'), 'audio/ogg'],
  ['song.ogg', plantedOgg('vorbis'), 'audio/ogg'],
  ['recorded.webm', plantedWebm(), 'video/webm'],
  ['voice.wav', plantedWave(), 'audio/wav'],
  ['song.flac', plantedFlac(), 'audio/flac'],
  ['song.mp3', plantedMp3(), 'audio/mpeg'],
]

test.each(planted)(
  'C8 A9 %s passes with its content, without the name, place and device planted in it',
  (name, bytes, type) => {
    expect(SECRETS.every((secret) => toLatin1(bytes).includes(secret))).toBe(true)
    const verdict = judgeAttachment(name, 'application/octet-stream', bytes)
    expect(verdict).toMatchObject({ accepted: true, type, serveAs: 'download' })
    if (!verdict.accepted) return
    const left = toLatin1(verdict.bytes)
    for (const secret of SECRETS) expect(left).not.toContain(secret)
    expect(left).toContain(toLatin1(CONTENT))
    expect(verdict.removed).not.toEqual([])
    const again = judgeAttachment(name, '', verdict.bytes)
    expect(again.accepted && toLatin1(again.bytes) === left).toBe(true)
  },
)

test.each(planted)('C8 A9 %s claims to be something else and is known by its bytes', (_, bytes, type) => {
  expect(judgeAttachment('a.txt', 'text/plain', bytes)).toMatchObject({ accepted: true, type })
})

test.each(planted)(
  'A9 %s, cut short or changed anywhere, is refused or cleaned, and never breaks the process',
  (name, bytes) => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    for (let round = 0; round < 400; round += 1) {
      const changed = Uint8Array.from(bytes.subarray(0, round % 2 ? bytes.length : Math.floor(random() * bytes.length)))
      for (let n = 0; n < 4; n += 1) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256)
      expect(() => judgeAttachment(name, '', changed)).not.toThrow()
    }
  },
)

test('C8 the voice messages of telephones (AMR) pass as they are: there is room for nothing but sound in them', () => {
  const bytes = fromLatin1('#!AMR\n\x3c\x91\x17')
  expect(judgeAttachment('voice.amr', '', bytes)).toMatchObject({ accepted: true, type: 'audio/amr' })
})

test('A9 a fragmented film with a track of places is refused: its samples cannot be found', () => {
  const bytes = plantedMp4()
  const at = toLatin1(bytes).indexOf('udta', toLatin1(bytes).lastIndexOf('trak'))
  const later = toLatin1(bytes).indexOf('meta', at + 100)
  const changed = Uint8Array.from(bytes)
  changed.set(fromLatin1('mvex'), later)
  expect(judgeAttachment('film.mp4', '', changed)).toEqual({ accepted: false, because: 'metadata-not-removable' })
})
