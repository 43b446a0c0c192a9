export { addParticipant, openConversation, openInteraction } from './open-conversation.ts'
export { type AttachmentUrl, readMessages } from './read-messages.ts'
export { recordEvent, recordOnce } from './record-event.ts'
export { aliasFor, numberUpTo, readViewFacts, readViews, viewConversation } from './view.ts'
