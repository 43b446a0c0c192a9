export { erase } from './erase.ts'
export { erasePerson } from './erase-person.ts'
export { seal } from './seal.ts'
