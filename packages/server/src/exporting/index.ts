export { exportConversation } from './export-conversation.ts'
export { readAllMessages } from './read-all-messages.ts'
export { asJson, asText } from './write-export.ts'
