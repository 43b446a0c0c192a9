import type { Channel } from '../channel.ts'
import type { OutboundDelivery } from '../outbound.ts'
import type { RecordingHost } from './recording-host.ts'

/** What the far end was told about something it said to us. */
export type Told = 'taken' | 'refused' | 'try-again'

/**
 * One channel and a far end of its medium, for one check. The kit makes a new one each time and disposes of it.
 * A driver speaks the medium's own protocol; nothing in it reaches into the channel.
 */
export interface ChannelRig {
  channel: Channel
  host: RecordingHost
  /** An address of ours that `host` has in use, in the form in which the channel asks for it. */
  ourAddress: string
  /** An address of ours in form, that was never in use. */
  unknownAddress: string
  /** A delivery that the far end takes, ready to be varied. */
  delivery(reference: string, text: string): OutboundDelivery
  /** The far end says `text` to one of our addresses. The same `id` means: the same thing once more. Resolves with what it was told. */
  says(to: string, text: string, id: string): Promise<Told>
  /** Everything that arrived at the far end so far, as raw as the medium has it. */
  arrived(): Promise<string[]>
  /** From now on the far end refuses the address of `delivery` for good. */
  refusesAddress(): Promise<void>
  goesAway(): Promise<void>
  comesBack(): Promise<void>
  dispose(): Promise<void>
}

export type MakeRig = () => Promise<ChannelRig>
