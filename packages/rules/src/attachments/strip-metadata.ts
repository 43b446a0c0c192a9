import { sniffType } from './sniff-type.ts'
import { stripDocument, type ZipLimits } from './strip-document.ts'
import { stripGif } from './strip-gif.ts'
import { stripIsoMedia } from './strip-iso-media.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripMatroska } from './strip-matroska.ts'
import { stripOgg } from './strip-ogg.ts'
import { stripPdf } from './strip-pdf.ts'
import { stripPng } from './strip-png.ts'
import { stripFlac, stripMp3, stripWave } from './strip-sound.ts'
import { stripWebp } from './strip-webp.ts'
import type { Stripped } from './stripped.ts'

/**
 * A file without what it says about its maker: place, device, names, programs, times. What the file is is decided by its
 * bytes; `declaredType` only picks between kinds of text. Pure; never throws for what the bytes hold.
 */
export function stripMetadata(bytes: Uint8Array, declaredType: string, zip?: ZipLimits): Stripped {
  switch (sniffType(bytes)) {
    case 'jpeg':
      return stripJpeg(bytes)
    case 'png':
      return stripPng(bytes)
    case 'gif':
      return stripGif(bytes)
    case 'webp':
      return stripWebp(bytes)
    case 'iso-media':
      return stripIsoMedia(bytes)
    case 'matroska':
      return stripMatroska(bytes)
    case 'ogg':
      return stripOgg(bytes)
    case 'wave':
      return stripWave(bytes)
    case 'flac':
      return stripFlac(bytes)
    case 'mp3':
      return stripMp3(bytes)
    case 'amr':
      // Frames and nothing else (RFC 4867 §5).
      return { ok: true, bytes, type: 'audio/amr', removed: [] }
    case 'pdf':
      return stripPdf(bytes)
    case 'zip':
      return stripDocument(bytes, (picture) => stripMetadata(picture, ''), zip)
    case 'text':
      return { ok: true, bytes, type: declaredType === 'text/csv' ? 'text/csv' : 'text/plain', removed: [] }
    case 'markup':
      return { ok: false, refusal: 'active-content' }
    case 'executable':
      return { ok: false, refusal: 'executable' }
    case 'archive':
      return { ok: false, refusal: 'holds-other-files' }
    case 'addresses':
      return { ok: false, refusal: 'carries-addresses' }
    case 'opaque':
      return { ok: false, refusal: 'metadata-not-removable' }
    case 'unknown':
      return { ok: false, refusal: 'unknown-type' }
  }
}
