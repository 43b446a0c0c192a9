export { exportConversation } from './export-conversation.ts'
export { asJson, asText } from './write-export.ts'
