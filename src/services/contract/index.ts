import type { Day, Instant, WorkingCalendar } from "../../domain/kit/calendar";
import type { IdentitiesService, InvitationsService, PeopleService, SessionsService, StaffService } from "./access";
import type {
  ActivitiesService,
  AttendanceService,
  CalendarsService,
  FundraisingService,
  ScreensService,
  SignUpsService,
} from "./activities";
import type {
  ClocksService,
  CreditService,
  HeadsService,
  IndicatorsService,
  PostsService,
  RatingsService,
  RecipientsService,
  RegistryService,
  SocialWorkersService,
  SpotChecksService,
  VillagePointsService,
  VisitsService,
} from "./governing";
import type { HoursService } from "./hours";
import type { AnnouncementsService, LedgerService, PoliciesService } from "./ledger";
import type { DivisionsService, OrganizationsService } from "./organizations";
import type { NoticesService, PrivacyService } from "./privacy";
import type {
  CorrectionsService,
  GuardiansService,
  PersonsService,
  TiesService,
  VolunteersService,
} from "./volunteers";

/** What the edges may ask of the bank. Each refusal is thrown as a `Refusal`; anything else thrown is our fault. */
export interface Services {
  now(): Instant;
  today(): Day;
  /** Opaque name of the bank (C2SP origin). */
  readonly origin: string;
  calendar(): Promise<WorkingCalendar>;
  readonly people: PeopleService;
  readonly staff: StaffService;
  readonly identities: IdentitiesService;
  readonly sessions: SessionsService;
  readonly invitations: InvitationsService;
  readonly volunteers: VolunteersService;
  readonly corrections: CorrectionsService;
  readonly persons: PersonsService;
  readonly guardians: GuardiansService;
  readonly divisions: DivisionsService;
  readonly ties: TiesService;
  readonly organizations: OrganizationsService;
  readonly socialWorkers: SocialWorkersService;
  readonly posts: PostsService;
  readonly registry: RegistryService;
  readonly heads: HeadsService;
  readonly villagePoints: VillagePointsService;
  readonly recipients: RecipientsService;
  readonly visits: VisitsService;
  readonly privacy: PrivacyService;
  readonly credit: CreditService;
  readonly ratings: RatingsService;
  readonly clocks: ClocksService;
  readonly indicators: IndicatorsService;
  readonly spotChecks: SpotChecksService;
  readonly hours: HoursService;
  readonly activities: ActivitiesService;
  readonly signUps: SignUpsService;
  readonly attendance: AttendanceService;
  readonly screens: ScreensService;
  readonly fundraising: FundraisingService;
  readonly notices: NoticesService;
  readonly calendars: CalendarsService;
  readonly ledger: LedgerService;
  readonly policies: PoliciesService;
  readonly announcements: AnnouncementsService;
}

export type * from "./access";
export type * from "./activities";
export type * from "./answers";
export type * from "./governing";
export type * from "./hours";
export type * from "./ledger";
export type * from "./organizations";
export type * from "./privacy";
export type * from "./volunteers";
