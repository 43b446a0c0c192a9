import type { Encryption } from '@parley/rules'
import { z } from 'zod'

/** Whether a message is sealed by itself, named by who says it. */
export const sealedInput = z
  .boolean()
  .optional()
  .describe('This message alone is kept encrypted, and never sent over a medium that cannot carry it so')

/** The strictest holds: left out, it is as where it is said. */
export const encryptionOf = ({ sealed }: { sealed?: boolean | undefined }): Encryption => (sealed ? 'sealed' : 'none')
