import type { Database } from '../../db/index.ts'

const tables = [
  'message',
  'offer',
  'attachment',
  'blob_chunk',
  'held_item',
  'ticket',
  'interaction',
  'conversation',
  'delivery',
  'address',
  'place_invitation',
  'concierge_run',
  'operation',
  'relay_address',
  'kept_response',
  'consent',
  'opt_out',
]

/** Frees what dead rows held: until then they stand in the files. Where the role may not, the database does it in its own time. */
export async function vacuumAfter(db: Database): Promise<void> {
  await db.workerPool.query(`vacuum ${tables.map((table) => `parley.${table}`).join(', ')}`)
}
