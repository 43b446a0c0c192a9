export { createXmppChannel, type XmppChannelOptions } from './xmpp-channel.ts'
