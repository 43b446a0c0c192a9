export { networkOf, type Quota, Quotas } from './quotas.ts'
