import { judgeBounce } from '../read/conditions.ts'
import type { Reading } from '../read/reading.ts'
import type { IntakeParts } from './intake.ts'

/** Our messages carry the delivery's reference as their id; whatever else a stranger names is no business of the server's. */
const referenceShape = /^[a-z0-9][a-z0-9._-]{0,63}$/i

/** Their program says that our message arrived, or was shown. */
export async function takeReceipt(
  { of, state }: Extract<Reading, { kind: 'receipt' }>,
  { host }: IntakeParts,
): Promise<void> {
  if (referenceShape.test(of)) await host.report({ of: { reference: of }, state })
}

/** A message of ours came back after its server had taken it: from another server, or after its user was gone. */
export async function takeBounce(
  { of, type, condition }: Extract<Reading, { kind: 'bounce' }>,
  { host }: IntakeParts,
): Promise<void> {
  if (of === null || !referenceShape.test(of)) return
  const verdict = judgeBounce(type, condition)
  const scope = verdict.worthRetrying ? 'message' : verdict.scope
  await host.report({ of: { reference: of }, state: 'failed', scope, reason: verdict.reason })
}
