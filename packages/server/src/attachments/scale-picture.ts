import { Worker } from 'node:worker_threads'
import { orientationOf, pictureSize, withOrientation } from '@parley/rules'

export interface ScaleJob {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly maxBytes: number
}

/** Longest side: enough to be looked at on a telephone, and what messages with pictures carry everywhere. */
const longestSide = 1_280
/** The size up to which every network delivers a picture (OMA MMS 1.3, content class Image Rich and above). */
const maxBytes = 600_000
/** Four bytes each while it is drawn. */
const mostPixels = 40_000_000
const patienceMs = 20_000
const mostWaiting = 20

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * A picture made small enough for media with little room, as JPEG, the right way up. Null where it is small enough as it is, or cannot be
 * made smaller: then the file itself is all there is. One at a time, for it takes a whole core.
 */
export async function scalePicture(type: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  const size = pictureSize(bytes)
  if (!size || size.width * size.height > mostPixels || type === 'image/gif') return null
  const longest = Math.max(size.width, size.height)
  if (longest <= longestSide && bytes.byteLength <= maxBytes) return null
  if (waiting >= mostWaiting) return null
  const factor = Math.min(1, longestSide / longest)
  const side = (pixels: number) => Math.max(1, Math.round(pixels * factor))
  const job = { bytes, width: side(size.width), height: side(size.height), maxBytes }
  waiting += 1
  const scaling = last.then(() => inThread(job))
  last = scaling.finally(() => {
    waiting -= 1
  })
  const scaled = await scaling
  return scaled && withOrientation(scaled, orientationOf(bytes))
}

function inThread(job: ScaleJob): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./scale-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    const end = (scaled: Uint8Array | null) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(scaled)
    }
    const timer = setTimeout(() => end(null), patienceMs)
    worker.once('message', (scaled: Uint8Array | null) => end(scaled))
    // What it cannot draw, it cannot draw: the file itself is there.
    worker.once('error', () => end(null))
    worker.once('exit', () => end(null))
  })
}
