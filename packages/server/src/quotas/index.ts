export { type Doer, networkOf, type Quota, Quotas } from './quotas.ts'
