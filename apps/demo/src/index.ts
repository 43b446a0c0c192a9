export { type Mailboxes, startMailboxes } from '@parley/dev-env/mailboxes'
export { havePeer } from '@parley/dev-env/peers'
export { type Smsc, startSmsc } from '@parley/dev-env/smsc'
export {
  type CastLink,
  type CastMember,
  type CastSite,
  cast,
  castLinks,
  castSites,
  responders,
  visitor,
} from './cast.ts'
export { castMessengers, shopJid } from './cast-messengers.ts'
export { type CastPhone, castPhones, poolNumbers, shopNumber, spaced } from './cast-phones.ts'
export { conciergeScript } from './concierge-script.ts'
export { firstWords } from './first-words.ts'
export { type DemoMessengers, startMessengers } from './messengers.ts'
export { openPhones, type Phones } from './phones.ts'
export { type Demo, type DemoOptions, startDemo } from './start-demo.ts'
