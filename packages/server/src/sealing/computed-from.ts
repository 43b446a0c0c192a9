/**
 * What a query may make a column of, by the name that it gives it: where the values inside stand is known of columns that are read as they are,
 * and has to be said of those that are put together (JSON, `coalesce`). What is not named here is not opened.
 */
export const computedFrom: Readonly<Record<string, readonly string[]>> = {
  house: ['conversation.name', 'conversation.tags', 'conversation.folder'],
  tickets: ['ticket.name', 'ticket.tags'],
  interactions: ['interaction.name'],
  identities: ['address.value'],
  attachments: ['attachment.name'],
  filed: ['message.author_name', 'message.said_over'],
}
