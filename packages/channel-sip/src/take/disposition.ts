/** A notification of what became of a message of ours (RFC 5438 §7.2.1). */
export interface Disposition {
  /** As the message was called: its Call-ID, which is what phones repeat where no Message-ID of CPIM was given. */
  readonly messageId: string
  readonly state: 'delivered' | 'read' | 'failed'
}

const states: Readonly<Record<string, Disposition['state']>> = {
  delivered: 'delivered',
  displayed: 'read',
  failed: 'failed',
  error: 'failed',
}

/** Null for a document that says nothing of the kind: `processed`, `stored` and `forbidden` change nothing for us. */
export function readDisposition(body: Uint8Array): Disposition | null {
  const text = Buffer.from(body.subarray(0, 8_192)).toString('utf8')
  const messageId = /<(?:[A-Za-z_][\w.-]{0,40}:)?message-id>([^<]{1,300})</.exec(text)?.[1]?.trim()
  const name = /<(?:[A-Za-z_][\w.-]{0,40}:)?status>\s{0,80}<(?:[A-Za-z_][\w.-]{0,40}:)?([a-z]{1,20})\s{0,20}\/?>/.exec(
    text,
  )?.[1]
  const state = states[name ?? '']
  return messageId && state ? { messageId, state } : null
}
