import type { ZipLimits } from './strip-document.ts'
import { stripMetadata } from './strip-metadata.ts'
import type { StripRefusal } from './stripped.ts'

export type AttachmentLimits = { maxBytes: number; zip?: ZipLimits }

export const defaultAttachmentLimits: AttachmentLimits = { maxBytes: 25 * 1024 * 1024 }

/** What becomes of one file before anybody else gets it. */
export type AttachmentVerdict =
  | {
      accepted: true
      /** The bytes to keep and pass on: never the ones that came in, unless nothing had to go. */
      bytes: Uint8Array
      /** By content, not by claim. */
      type: string
      /** `inline` only for pictures that a browser draws and cannot run. */
      serveAs: 'inline' | 'download'
      removed: string[]
    }
  | { accepted: false; because: StripRefusal | 'too-large' | 'empty' | 'dangerous-name' }

/**
 * May this file be passed on, and as what? The same for every medium (law 6: a file's bytes must not tell who sent it).
 * `name` must be made safe before; here only what it would start on the reader's machine counts.
 */
export function judgeAttachment(
  name: string,
  declaredType: string,
  bytes: Uint8Array,
  limits: AttachmentLimits = defaultAttachmentLimits,
): AttachmentVerdict {
  if (bytes.length === 0) return { accepted: false, because: 'empty' }
  if (bytes.length > limits.maxBytes) return { accepted: false, because: 'too-large' }
  // A text file is harmless until its name makes a system run it.
  if (RUNS.test(name)) return { accepted: false, because: 'dangerous-name' }
  const stripped = stripMetadata(bytes, declaredType, limits.zip)
  if (!stripped.ok) return { accepted: false, because: stripped.refusal }
  const serveAs = DRAWN.has(stripped.type) ? 'inline' : 'download'
  return { accepted: true, bytes: stripped.bytes, type: stripped.type, serveAs, removed: stripped.removed }
}

const DRAWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])

const RUNS =
  /\.(?:exe|com|scr|pif|bat|cmd|ps1|psm1|vbs?|vbe|jse?|mjs|wsf|wsh|hta|msi|msp|lnk|url|reg|jar|app|command|sh|bash|zsh|desktop|dll|cpl|sys|inf|scf|chm|iso|img|dmg|pkg|deb|rpm|apk|html?|xhtml|shtml|mht(?:ml)?|svgz?|xml|xsl|php|py|rb|pl|docm|xlsm|pptm|dotm|xltm|potm|ppam|xlam)$/i
