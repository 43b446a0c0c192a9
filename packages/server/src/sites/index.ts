export { domainsOf, findSite, type Site, topicsOf, widgetConfig } from './find-site.ts'
export { parsePolicy, type SitePolicy, sitePolicySchema } from './policy.ts'
