export { domainsOf, findSite, type Site, siteById, topicsOf, widgetConfig, windowTitle } from './find-site.ts'
export { admissionSchema } from './hunt-policy.ts'
export { addSite, addTopic, changeSite, changeTopic, listSites, removeTopic } from './keep-sites.ts'
export { parsePolicy, type SitePolicy, sitePolicySchema } from './policy.ts'
