import { joinParts } from '../desk/join-parts.model.ts'
import type { Say } from '../words/words.model.ts'
import { type Destination, isInside } from './destination.model.ts'

/** Says in so many words where something goes. */
export function sayDestination(destination: Destination, say: Say): string {
  const who = destination.who.join(', ')
  switch (destination.kind) {
    case 'everyone':
      return joinParts([say('structure.toEveryone', { who }), destination.ticket])
    case 'circle':
      if (who === '') return say('structure.toNobodyYet')
      return joinParts([
        destination.hasAsker ? say('structure.toVisitor', { who }) : say('structure.toWho', { who }),
        destination.ticket,
      ])
    case 'whisper':
      return say('structure.whisperTo', { who })
    case 'backchannel':
      if (destination.isWhisper) return say('structure.respondTo', { who: who || say('conversation.nobody') })
      return say('structure.inBackchannel', { who: destination.name ?? (who || say('conversation.nobody')) })
  }
}

export const sendWord = (destination: Destination) =>
  destination.kind === 'whisper'
    ? ('structure.whisper' as const)
    : isInside(destination)
      ? ('structure.sendInside' as const)
      : ('composer.send' as const)
