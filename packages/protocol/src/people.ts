/**
 * What administrators do under `/api/desk/admin/…`, and what everybody does on the account's joining page. JSON both ways; refusals are
 * `Problem`, `not-allowed` for whoever is no administrator.
 */

/**
 * A direct link. GET `/api/desk/admin/links` lists them, newest first; POST `NewLinkRequest` makes one and answers it; POST
 * `/api/desk/admin/links/:id/end` ends it: nobody new comes by it, what came by it goes on.
 */
export interface LinkView {
  id: string
  site: string
  /** What stands behind `/l/`, and may stand in a page's address as `?parley-link=` or in its script tag as `data-site`. */
  code: string
  url: string
  name: string
  topic: string | null
  /** Person ids: only these are asked. Teams likewise. Both empty: whoever wants such questions. */
  people: string[]
  teams: string[]
  /** What is known of a question that comes by it: `product`, `region`, `language`, `field:NAME`, `page:NAME`. */
  facts: Record<string, string[]>
  /** How many conversations may begin by it; null: any number. */
  uses: number | null
  used: number
  expiresAt: string | null
  createdAt: string
}
export interface NewLinkRequest {
  site: string
  name: string
  code?: string
  topic?: string | null
  people?: string[]
  teams?: string[]
  facts?: Record<string, string[]>
  uses?: number | null
  expiresAt?: string | null
}
