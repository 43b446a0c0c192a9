export { createPushChannel, type PushChannelOptions } from './push-channel.ts'
export { type VapidKeys, vapidKeysFrom } from './vapid-keys.ts'
