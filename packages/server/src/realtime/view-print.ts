import { hash } from 'node:crypto'
import type { ConversationView } from '@parley/protocol'

/** What messages and watermarks move: those who may see them are told by frames of their own. */
const moving: ReadonlySet<string> = new Set(['length', 'delivered', 'read'])

/** The same for two views that tell their reader the same of who is where, and of what they may read. */
export function viewPrint(view: ConversationView): string {
  return hash(
    'sha1',
    JSON.stringify(view, (key, value) => (moving.has(key) ? undefined : value)),
    'base64',
  )
}
