export { Bus } from './bus.ts'
export type { Hint, PassingFrame } from './hint.ts'
export { tellOnce } from './tell-once.ts'
