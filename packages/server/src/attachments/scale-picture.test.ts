import { randomBytes } from 'node:crypto'
import { PhotonImage } from '@cf-wasm/photon/node'
import { orientationOf, pictureSize, withOrientation } from '@parley/rules'
import { expect, test } from 'vitest'
import { scalePicture } from './scale-picture.ts'

/** Noise does not compress: the worst that a camera could make. */
function picture(width: number, height: number): PhotonImage {
  return new PhotonImage(new Uint8Array(randomBytes(width * height * 4)), width, height)
}

test('C8 a large picture is made as small as every telephone takes it, with its sides as they were to each other', async () => {
  const small = await scalePicture('image/jpeg', picture(1_600, 800).get_bytes_jpeg(95))
  expect(small && pictureSize(small)).toEqual({ width: 1_280, height: 640 })
  expect(small?.byteLength).toBeLessThan(600_000)
  for (const bytes of [picture(1_500, 300).get_bytes_webp(), picture(1_500, 300).get_bytes()]) {
    const again = await scalePicture('image/webp', bytes)
    expect(again && pictureSize(again)).toEqual({ width: 1_280, height: 256 })
  }
})

test('C8 it stays the right way up', async () => {
  const upright = withOrientation(picture(1_400, 700).get_bytes_jpeg(90), 6)
  const small = await scalePicture('image/jpeg', upright)
  expect(small && orientationOf(small)).toBe(6)
  expect(small && pictureSize(small)).toEqual({ width: 1_280, height: 640 })
})

test('C8 what is small enough, moves, or is no picture stays as it is', async () => {
  expect(await scalePicture('image/jpeg', picture(200, 100).get_bytes_jpeg(90))).toBeNull()
  expect(await scalePicture('image/gif', picture(2_000, 1_000).get_bytes())).toBeNull()
  expect(await scalePicture('image/png', Buffer.from('not a picture'))).toBeNull()
})

test('C8 a picture that claims to be larger than a house, or is broken, costs nothing and breaks nothing', async () => {
  const bomb = Uint8Array.from(picture(20, 20).get_bytes())
  new DataView(bomb.buffer).setUint32(16, 60_000)
  new DataView(bomb.buffer).setUint32(20, 60_000)
  expect(await scalePicture('image/png', bomb)).toBeNull()
  const broken = picture(1_500, 1_500).get_bytes_jpeg(80).slice(0, 3_000)
  const answer = await scalePicture('image/jpeg', broken)
  expect(answer === null || pictureSize(answer) !== null).toBe(true)
})
