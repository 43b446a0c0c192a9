/** A site's domains are fixed before its server runs, so the shop's port is too. */
export const benchPort = 8437
