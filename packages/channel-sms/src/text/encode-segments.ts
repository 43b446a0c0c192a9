import { encodeGsm } from './gsm-text.ts'
import { segmentText } from './segment-text.ts'
import { writeConcatenation } from './user-data-header.ts'

/** What one submit carries: `bytes` begin with a user data header where `hasHeader`. */
export interface EncodedSegment {
  dataCoding: 0 | 8
  hasHeader: boolean
  bytes: Uint8Array
}

/** `reference` holds the parts together on the phone: the same on every attempt, so that a part that came twice is one there. */
export function encodeSegments(text: string, reference: number): EncodedSegment[] {
  const { alphabet, segments } = segmentText(text)
  const encode = alphabet === 'gsm' ? encodeGsm : encodeUtf16
  const total = segments.length
  return segments.map((segment, index) => {
    const header = total > 1 ? writeConcatenation({ reference, total, part: index + 1 }) : new Uint8Array()
    return {
      dataCoding: alphabet === 'gsm' ? 0 : 8,
      hasHeader: total > 1,
      bytes: Buffer.concat([header, encode(segment)]),
    }
  })
}

// UCS-2 on paper; every phone of the last twenty years reads pairs of surrogates.
function encodeUtf16(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16()
}
