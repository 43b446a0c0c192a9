export { type Mailboxes, startMailboxes } from '@parley/dev-env/mailboxes'
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
export { conciergeScript } from './concierge-script.ts'
export { firstWords } from './first-words.ts'
export { type Demo, type DemoOptions, startDemo } from './start-demo.ts'
