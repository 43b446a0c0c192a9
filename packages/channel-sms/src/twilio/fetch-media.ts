import { type InboundAttachment, safeFetch } from '@parley/channel-sdk'
import { safeFileName } from '@parley/model'
import { basicAuthorization } from '../gateway/call-gateway.ts'
import type { TwilioChannelOptions } from './twilio-channel.ts'

interface Media {
  url: string
  type: string
}

const mostMedia = 10

/**
 * What a message brings beside its text. Null when it names a place that is not the provider's: our key to its API goes along, so it is
 * given to nobody else, and nothing inside is reached through us.
 */
export function mediaOf(form: Readonly<Record<string, string>>, apiUrl: string): Media[] | null {
  const count = Number(form.NumMedia ?? '0')
  if (!Number.isInteger(count) || count < 0 || count > mostMedia) return null
  const media: Media[] = []
  for (let index = 0; index < count; index++) {
    const url = form[`MediaUrl${index}`] ?? ''
    if (!URL.canParse(url) || new URL(url).origin !== new URL(apiUrl).origin) return null
    media.push({ url, type: (form[`MediaContentType${index}`] ?? 'application/octet-stream').slice(0, 100) })
  }
  return media
}

/** The files, and the types of those that could not be had: the words beside them are given all the same. */
export async function fetchMedia(
  media: readonly Media[],
  { accountSid, authToken, apiUrl, mostMediaBytes = 10_000_000 }: TwilioChannelOptions,
): Promise<{ files: InboundAttachment[]; missing: string[] }> {
  const answers = await Promise.all(
    media.map(({ url }) =>
      safeFetch(url, {
        headers: { authorization: basicAuthorization(accountSid, authToken) },
        maxBytes: mostMediaBytes,
        timeoutMs: 8_000,
        redirects: 3,
        // Named by the operator: it may stand inside. Where it redirects to may not.
        allow: [new URL(apiUrl).host],
      }),
    ),
  )
  const files: InboundAttachment[] = []
  const missing: string[] = []
  let left = mostMediaBytes
  for (const [index, { type }] of media.entries()) {
    const answer = answers[index]
    if (answer?.ok && answer.status === 200 && answer.bytes.length > 0 && answer.bytes.length <= left) {
      left -= answer.bytes.length
      files.push({ name: safeFileName('', type), type, bytes: answer.bytes, inline: false })
    } else missing.push(/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'file')
  }
  return { files, missing }
}
