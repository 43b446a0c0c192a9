export { type Quota, Quotas } from './quotas.ts'
