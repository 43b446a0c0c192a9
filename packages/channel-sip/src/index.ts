export { type InspectRun, inspectSip, runInspectSip, type SipInspection } from './inspect.ts'
export { createSipChannel, type SipChannel, type SipChannelOptions } from './sip-channel.ts'
