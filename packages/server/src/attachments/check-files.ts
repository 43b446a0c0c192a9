import type { InboundAttachment } from '@parley/channel-sdk'
import { type ClamdAddress, scanWithClamd } from './scan-clamd.ts'

/** The virus scanner of an installation that has one. */
export interface VirusScanner {
  readonly clamd: ClamdAddress
  /** While it does not answer: files pass and are marked, or nothing with a file is taken and its sender is told to try again. */
  readonly whenAway: 'pass' | 'hold'
  readonly log: { warn(facts: object, message: string): void }
}

/** A file that came in, and what the scanner says of it; left out where there is none. */
export type CheckedFile = InboundAttachment & { readonly scan?: 'clean' | 'found' | 'unknown' }

/**
 * Has files looked at before anything else is done with them, outside of any transaction. Null where they cannot be looked at now and may
 * not pass so: whoever brings them is told to try again.
 */
export async function checkFiles(
  scanner: VirusScanner | undefined,
  files: readonly InboundAttachment[],
): Promise<CheckedFile[] | null> {
  if (!scanner) return [...files]
  const checked: CheckedFile[] = []
  for (const file of files) {
    const { result, ...why } = await scanWithClamd(scanner.clamd, file.bytes)
    if (result !== 'clean') scanner.log.warn({ result, ...why }, 'a file was not found clean')
    if (result === 'unknown' && scanner.whenAway === 'hold') return null
    checked.push({ ...file, scan: result })
  }
  return checked
}
