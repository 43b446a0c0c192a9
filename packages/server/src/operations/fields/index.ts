export { setFields } from './set-fields.ts'
