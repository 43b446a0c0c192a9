export type {
  BeginConversation,
  BegunConversation,
  OfferAnswered,
  ProgramConversation,
  ProgramDelivery,
  ProgramEndpointView,
  ProgramEvent,
  ProgramMessage,
  ProgramMessages,
  ProgramOffer,
  ProgramPage,
  ProgramProblem,
  ProgramReplied,
  ProgramSaid,
  ProgramSelf,
  ProgramWebhook,
  SayInConversation,
  WebhookAnswer,
  WebhookDelivery,
} from '@parley/protocol'
export { type OpenedWebhook, openWebhook, type WebhookRequest } from './open-webhook.ts'
export { type Once, type PageOptions, type ProgramsAnswer, type ProgramsApi, programsApi } from './programs-api.ts'
