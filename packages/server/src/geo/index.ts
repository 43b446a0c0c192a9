export { impliedFacts } from './implied-facts.ts'
export { openRegions, type RegionOfIp } from './region-of-ip.ts'
