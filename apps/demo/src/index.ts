export { type Mailboxes, startMailboxes } from '@parley/dev-env/mailboxes'
export { type CastMember, type CastSite, cast, castSites, responders, visitor } from './cast.ts'
export { type Demo, type DemoOptions, startDemo } from './start-demo.ts'
