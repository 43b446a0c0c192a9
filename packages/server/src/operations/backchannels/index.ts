import type { AnyOperation } from '../operation.ts'
import { add } from './add.ts'
import { answerInvitation } from './answer-invitation.ts'
import { invite } from './invite.ts'
import { leave } from './leave.ts'
import { observe } from './observe.ts'
import { openBackchannelOperation } from './open-backchannel.ts'
import { remove } from './remove.ts'
import { whisper } from './whisper.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

/** What is done behind the back of who asks, and who is brought into what. */
export const backchannels: readonly AnyOperation[] = [
  openBackchannelOperation,
  invite,
  add,
  answerInvitation,
  withdrawInvitation,
  leave,
  remove,
  whisper,
  observe,
]
