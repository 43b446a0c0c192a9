export { openOwnSpace } from './open-own-space.ts'
export { setPlace } from './set-place.ts'
