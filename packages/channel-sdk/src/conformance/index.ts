export { type ContractCheck, channelContract } from './channel-contract.ts'
export type { ChannelRig, MakeRig, Told } from './channel-driver.ts'
export { RecordingHost } from './recording-host.ts'
