export { inspectLine, inspectPdus, inspectText, runInspectSms } from './inspect.ts'
export { createKannelChannel, type KannelChannelOptions } from './kannel/kannel-channel.ts'
export { createSmppChannel, type SmppChannelOptions } from './smpp-channel.ts'
export { createTwilioChannel, type TwilioChannelOptions } from './twilio/twilio-channel.ts'
