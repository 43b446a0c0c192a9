import { type InteractionId, isoTime, type ParticipantId, type PersonId } from '@parley/model'
import { seenAs } from '@parley/rules'
import type { DecidedSay } from '../road/index.ts'

/** Files, forms and who said it elsewhere are not in what was decided: such a message is read back before it is told. */
export const isToBeRead = ({ say }: DecidedSay): boolean =>
  say.attachments.length > 0 || say.form !== null || say.filed !== undefined

/** Builds the frames of one message: the text of it is the same for every reader and made once. */
export function saidFrames(say: DecidedSay): (interaction: InteractionId, n: number, reader: PersonId) => string {
  const rest = liveText(say)
  return (interaction, n, reader) =>
    `{"t":"messages","interaction":"${interaction}","messages":[{"n":${n},"from":"${authorFor(say, interaction, reader)}",${rest}}]}`
}

function liveText(say: DecidedSay): string {
  const marks = `${say.full === null ? '' : ',"cut":true'}${say.masked ? ',"masked":true' : ''}${say.say.unproven ? ',"unproven":true' : ''}`
  return `"id":"${say.id}","at":"${isoTime(say.at)}","text":${JSON.stringify(say.body)}${marks}`
}

/** Whom the reader takes the author for. */
function authorFor(say: DecidedSay, interaction: InteractionId, reader: PersonId): ParticipantId {
  const { participants } = say.structure
  const place =
    say.author.interaction === interaction
      ? say.author
      : participants.find((own) => own.person === say.say.person && own.interaction === interaction)
  return place ? seenAs(place, reader, participants).id : say.author.id
}
