export { inspectStanza, runInspectStanza } from './inspect.ts'
export { createXmppChannel, type XmppChannelOptions } from './xmpp-channel.ts'
