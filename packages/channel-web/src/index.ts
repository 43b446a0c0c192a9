export { type AttachedWeb, attachWeb } from './attach-web.ts'
export type * from './web-host.ts'
export { defaultLimits, type WebLimits, type WebOptions } from './web-options.ts'
