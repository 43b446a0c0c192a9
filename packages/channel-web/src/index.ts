export type * from './web-host.ts'
