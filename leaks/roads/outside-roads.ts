/** Roads that leave the house: what goes over them was on its way for a while, and nobody is named there by an address. */
export const outsideRoads: ReadonlySet<string> = new Set(['mail', 'sms', 'sip', 'xmpp', 'push', 'webhook'])
