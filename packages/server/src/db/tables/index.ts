import type {
  AccountTable,
  InvitationTable,
  LinkTable,
  SiteTable,
  TeamMemberTable,
  TeamTable,
  TopicTable,
} from './accounts.ts'
import type {
  ConciergeRunTable,
  ConciergeStepTable,
  NumberPatternTable,
  OfferTable,
  ProductTable,
  ReadingExampleTable,
  ReadingKeywordTable,
  ReadingTable,
  ScriptTable,
  ScriptVersionTable,
  TopicQuestionTable,
} from './asking.ts'
import type {
  AttachmentTable,
  AttemptTable,
  BlobChunkTable,
  BlobTable,
  DeliveryTable,
  ErasedKeyTable,
  HeldItemTable,
  LaneTable,
  OwnAddressTable,
  OwnKeywordTable,
  ProviderReferenceTable,
  RelayAddressTable,
  WhichAskedTable,
} from './delivery.ts'
import type { PlaceInvitationTable } from './invitations.ts'
import type {
  AccessKeyTable,
  AddressTable,
  CodeSentTable,
  ConsentTable,
  CriteriaLogFloorTable,
  CriteriaLogTable,
  CriteriaTable,
  OptOutTable,
  PersonTable,
  ResponderTable,
} from './people.ts'
import type { ApiKeyTable, KeptResponseTable, OutsidePersonTable, ProgramTable } from './programs.ts'
import type {
  CategoryTable,
  ConversationTable,
  ErasingTable,
  EventTable,
  InteractionTable,
  MessageTable,
  OperationTable,
  ParticipantTable,
  PlacementTable,
  SpanTable,
  TeamWorkTable,
  TicketTable,
  TieTable,
} from './structure.ts'

export type { Role } from './accounts.ts'
export type { KeptAnswer } from './asking.ts'
export type { Notice } from './delivery.ts'

/** The rows, as the migrations in ../migrations make them. */
export interface Tables {
  account: AccountTable
  site: SiteTable
  topic: TopicTable
  person: PersonTable
  access_key: AccessKeyTable
  responder: ResponderTable
  address: AddressTable
  criteria: CriteriaTable
  conversation: ConversationTable
  ticket: TicketTable
  interaction: InteractionTable
  participant: ParticipantTable
  span: SpanTable
  message: MessageTable
  placement: PlacementTable
  offer: OfferTable
  relay_address: RelayAddressTable
  own_address: OwnAddressTable
  own_keyword: OwnKeywordTable
  opt_out: OptOutTable
  consent: ConsentTable
  which_asked: WhichAskedTable
  provider_reference: ProviderReferenceTable
  lane: LaneTable
  delivery: DeliveryTable
  attempt: AttemptTable
  held_item: HeldItemTable
  blob: BlobTable
  erased_key: ErasedKeyTable
  blob_chunk: BlobChunkTable
  attachment: AttachmentTable
  event: EventTable
  category: CategoryTable
  erasing: ErasingTable
  operation: OperationTable
  place_invitation: PlaceInvitationTable
  tie: TieTable
  team_work: TeamWorkTable
  team: TeamTable
  team_member: TeamMemberTable
  invitation: InvitationTable
  link: LinkTable
  script: ScriptTable
  reading: ReadingTable
  reading_example: ReadingExampleTable
  reading_keyword: ReadingKeywordTable
  product: ProductTable
  number_pattern: NumberPatternTable
  topic_question: TopicQuestionTable
  script_version: ScriptVersionTable
  concierge_run: ConciergeRunTable
  concierge_step: ConciergeStepTable
  criteria_log: CriteriaLogTable
  criteria_log_floor: CriteriaLogFloorTable
  code_sent: CodeSentTable
  program: ProgramTable
  api_key: ApiKeyTable
  outside_person: OutsidePersonTable
  kept_response: KeptResponseTable
}
