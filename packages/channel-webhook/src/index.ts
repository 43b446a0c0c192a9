export { createWebhookChannel, type WebhookChannelOptions } from './webhook-channel.ts'
