export { createSmppChannel, type SmppChannelOptions } from './smpp-channel.ts'
