import { parentPort, workerData } from 'node:worker_threads'
import { PhotonImage, resize, SamplingFilter } from '@cf-wasm/photon/node'
import type { ScaleJob } from './scale-picture.ts'

// Apart from everything else: pictures come from strangers, and drawing a large one takes as long as it takes.
const { bytes, width, height, maxBytes } = workerData as ScaleJob
const picture = PhotonImage.new_from_byteslice(bytes)
const small = width < picture.get_width() ? resize(picture, width, height, SamplingFilter.Triangle) : picture
let scaled: Uint8Array | null = null
for (const quality of [80, 65, 50, 35]) {
  scaled = small.get_bytes_jpeg(quality)
  if (scaled.byteLength <= maxBytes) break
}
parentPort?.postMessage(scaled && scaled.byteLength <= maxBytes ? scaled : null)
