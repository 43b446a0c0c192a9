import { type InteractionId, isoTime, type ParticipantId } from '@parley/model'
import type { DecidedSay } from '../road/index.ts'

/** Files and forms are not in what was decided: such a message is read back before it is told. */
export const isToBeRead = ({ say }: DecidedSay): boolean => say.attachments.length > 0 || say.form !== null

/** Builds the frames of one message: the text of it is the same for every reader and made once. */
export function saidFrames(say: DecidedSay): (interaction: InteractionId, n: number) => string {
  const rest = liveText(say)
  return (interaction, n) =>
    `{"t":"messages","interaction":"${interaction}","messages":[{"n":${n},"from":"${participantIn(say, interaction)}",${rest}}]}`
}

function liveText(say: DecidedSay): string {
  const marks = `${say.full === null ? '' : ',"cut":true'}${say.masked ? ',"masked":true' : ''}${say.say.unproven ? ',"unproven":true' : ''}`
  return `"id":"${say.id}","at":"${isoTime(say.at)}","text":${JSON.stringify(say.body)}${marks}`
}

function participantIn(say: DecidedSay, interaction: InteractionId): ParticipantId {
  if (say.author.interaction === interaction) return say.author.id
  const place = say.structure.participants.find((p) => p.person === say.say.person && p.interaction === interaction)
  return place?.id ?? say.author.id
}
