export { domainsOf, findSite, type Site, siteById, topicsOf, widgetConfig } from './find-site.ts'
export { parsePolicy, type SitePolicy, sitePolicySchema } from './policy.ts'
