import { Readable } from 'node:stream'
import type { AttachmentId, ConversationId, MessageId } from '@parley/model'
import { parseId } from '@parley/model'
import type { FullMessage, UploadResponse } from '@parley/protocol'
import { maySee } from '@parley/rules'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkFiles, mayBeSealed, openBlob, storeAttachments } from '../attachments/index.ts'
import type { Holder } from '../realtime/index.ts'
import { loadStructures, spansOf } from '../road/index.ts'
import { byteRange } from './byte-range.ts'
import type { HttpContext } from './context.ts'
import { refuse } from './problem.ts'

/** Files up and down, and the uncut text of a message: the same for the window and the desk. */
export function fileRoutes(
  app: FastifyInstance,
  context: HttpContext,
  holderOf: (request: FastifyRequest) => Promise<Holder | null>,
): void {
  const { db, clock, quotas, signer } = context

  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: context.limits.attachmentBytes },
      (_, body, done) => done(null, body),
    )
    uploads.post<{ Querystring: { name?: string; sealed?: string }; Body: Buffer }>(
      '/api/uploads',
      { bodyLimit: context.limits.attachmentBytes },
      async (request, reply) => {
        const holder = await holderOf(request)
        if (!holder) return refuse(reply, 'unauthorised', 'en')
        const allowed = quotas.take('uploads', { visitor: holder.person, ip: request.ip }, clock.now())
        if (!allowed.ok) return refuse(reply, 'too-many', holder.language, allowed)
        const file = {
          name: request.query.name ?? 'file',
          type: request.headers['content-type'] ?? 'application/octet-stream',
          bytes: request.body,
          inline: false,
        }
        if (!Buffer.isBuffer(file.bytes) || file.bytes.length === 0)
          return refuse(reply, 'attachment-refused', holder.language)
        const { account, person } = holder
        const files = await checkFiles(context.receive.scanner, [file])
        if (!files) return refuse(reply, 'try-again', holder.language)
        if (files.some(({ scan }) => scan === 'found')) return refuse(reply, 'file-infected', holder.language)
        const stored = await db.write(account, async (tx) => {
          const { kept } = await storeAttachments(tx, {
            account,
            person,
            files,
            maxBytes: context.limits.attachmentBytes,
            sealed: request.query.sealed === '1' || (await mayBeSealed(tx, account, person)),
            now: clock.now(),
          })
          return kept[0]
            ? tx
                .selectFrom('attachment')
                .selectAll()
                .where('account_id', '=', account)
                .where('attachment_id', '=', kept[0])
                .executeTakeFirst()
            : undefined
        })
        if (!stored) return refuse(reply, 'attachment-refused', holder.language)
        const response: UploadResponse = {
          id: stored.attachment_id,
          name: stored.name,
          type: stored.type,
          size: stored.size,
          url: signer.attachmentPath(account, stored.attachment_id),
          image: stored.type.startsWith('image/') && !stored.download_only,
        }
        return response
      },
    )
  })

  app.get<{ Params: { account: string; attachment: string; expires: string; signature: string } }>(
    '/api/attachments/:account/:attachment/:expires/:signature',
    async (request, reply) => {
      const { account, attachment, expires, signature } = request.params
      const meant = signer.check(account, attachment, expires, signature)
      if (!meant) return refuse(reply, 'not-there', 'en')
      const file = await db.read(meant.account, (reader) =>
        reader
          .selectFrom('attachment')
          .select(['attachment_id', 'name', 'type', 'size', 'blob_id', 'download_only'])
          .where('account_id', '=', meant.account)
          .where('attachment_id', '=', meant.attachment satisfies AttachmentId)
          .executeTakeFirst(),
      )
      if (!file) return refuse(reply, 'not-there', 'en')
      const shown = file.type.startsWith('image/') && !file.download_only
      // Sound and film are played by a page of ours, never opened as a page of their own.
      const named = shown || /^(audio|video)\//.test(file.type)
      // Some browsers play nothing that they cannot ask for in parts.
      const part = byteRange(request.headers.range, file.size)
      if (part) reply.code(206).header('content-range', `bytes ${part.from}-${part.to - 1}/${file.size}`)
      reply
        .header('accept-ranges', 'bytes')
        .header('content-type', named ? file.type : 'application/octet-stream')
        .header('content-length', part ? part.to - part.from : file.size)
        .header(
          'content-disposition',
          `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        )
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cross-origin-resource-policy', 'same-site')
        .header('cache-control', 'private, max-age=3600, immutable')
      return reply.send(Readable.from(openBlob(db, meant.account, file.blob_id, part ?? {})))
    },
  )

  app.get<{ Params: { id: string } }>('/api/messages/:id/full', async (request, reply) => {
    const holder = await holderOf(request)
    if (!holder) return refuse(reply, 'unauthorised', 'en')
    const id = parseId<MessageId>(request.params.id)
    const full = id ? await readFull(context, holder, id) : null
    return full ?? refuse(reply, 'not-there', holder.language)
  })
}

/** `only`: whoever asks may look into this conversation alone. */
export async function readFull(
  context: HttpContext,
  holder: Pick<Holder, 'account' | 'person'>,
  id: MessageId,
  only?: ConversationId,
): Promise<FullMessage | null> {
  return context.db.read(holder.account, async (reader) => {
    const rows = await reader
      .selectFrom('message')
      .innerJoin('placement', (join) =>
        join
          .onRef('placement.account_id', '=', 'message.account_id')
          .onRef('placement.message_id', '=', 'message.message_id'),
      )
      .select([
        'message.message_id',
        'message.body',
        'message.full_text',
        'message.cuts',
        'placement.conversation_id',
        'placement.interaction_id',
        'placement.position',
      ])
      .where('message.account_id', '=', holder.account)
      .where('message.message_id', '=', id)
      .execute()
    const [first] = rows
    if (!first) return null
    const meant = [...new Set(rows.map((row) => row.conversation_id))].filter((id) => only === undefined || id === only)
    const structures = await loadStructures(reader, holder.account, meant)
    const seen = rows.some((row) => {
      const structure = structures.get(row.conversation_id)
      return structure && maySee(spansOf(structure, holder.person), row.interaction_id, row.position)
    })
    return seen ? { text: first.full_text ?? first.body, cuts: first.cuts ?? [] } : null
  })
}
