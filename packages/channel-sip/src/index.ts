export { createSipChannel, type SipChannel, type SipChannelOptions } from './sip-channel.ts'
