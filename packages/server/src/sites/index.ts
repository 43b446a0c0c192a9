export { parsePolicy, type SitePolicy, sitePolicySchema } from './policy.ts'
