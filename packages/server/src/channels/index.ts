export { hostFor } from './host.ts'
export { type ReceiveParts, receive } from './receive.ts'
export { releaseAlongRoad } from './release.ts'
