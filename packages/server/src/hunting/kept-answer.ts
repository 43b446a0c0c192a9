import type { AccountId } from '@parley/model'
import { sealAttachments, sealBlob } from '../attachments/index.ts'
import type { KeptAnswer, Writer } from '../db/index.ts'
import type { Say } from '../road/index.ts'

/** What was said, so that it can wait in the database. */
export function keepAnswer(say: Omit<Say, 'to'>, at: Date): KeptAnswer {
  return {
    at: at.toISOString(),
    key: say.key.toString('base64'),
    person: say.person,
    via: say.via,
    said: { ...say.said, cuts: [...say.said.cuts] },
    names: say.names ?? [],
    attachments: say.attachments,
    unproven: say.unproven,
    rawBlob: say.rawBlob,
    writtenAt: say.writtenAt?.toISOString() ?? null,
  }
}

/** What waited, as it was said. */
export function keptSay(account: Say['account'], kept: KeptAnswer): Omit<Say, 'to'> {
  return {
    account,
    person: kept.person,
    via: kept.via,
    said: { ...kept.said, cuts: [...kept.said.cuts] },
    names: kept.names,
    key: Buffer.from(kept.key, 'base64'),
    attachments: kept.attachments,
    form: null,
    unproven: kept.unproven,
    rawBlob: kept.rawBlob,
    writtenAt: kept.writtenAt === null ? null : new Date(kept.writtenAt),
  }
}

/** Seals the files and the originals of what waits; its words are its row's. */
export async function sealKeptFiles(tx: Writer, account: AccountId, kept: readonly KeptAnswer[]): Promise<void> {
  for (const { attachments, rawBlob } of kept) {
    await sealAttachments(tx, account, attachments)
    if (rawBlob) await sealBlob(tx, account, rawBlob)
  }
}
