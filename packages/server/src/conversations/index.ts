export { addParticipant, openConversation, openInteraction, openTicket } from './open-conversation.ts'
export { recordEvent } from './record-event.ts'
