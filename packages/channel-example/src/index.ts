export { type CarrierOptions, createCarrierChannel } from './carrier-channel.ts'
