import { activityCalendar, campaignCalendar, personalCalendar } from "./calendar";
import { personCopy } from "./copy";
import { divisionsChart, timelineChart } from "./drawn/charts";
import { activityPicture, campaignPicture } from "./drawn/picture";
import { campaignFeed } from "./feed";
import { reportPdf, reportXlsx } from "./office/report";
import { activityPage, signUpPost } from "./pages/activity";
import { campaignPage } from "./pages/campaign";
import { checkInPage, checkInPost } from "./pages/check-in";
import { confirmPage, confirmPost } from "./pages/confirming";
import { homePage } from "./pages/home";
import { identityPost } from "./pages/identities";
import { joinPage, joinPost } from "./pages/join";
import { kioskCode, kioskPage, kioskPost } from "./pages/kiosk";
import { leadPage } from "./pages/lead";
import { leadPost } from "./pages/leading";
import { calendarPost, myPage, noticesPost } from "./pages/my";
import { officePage } from "./pages/office";
import { missingPage } from "./pages/plain";
import { reportMonthPage, reportMonthPost } from "./pages/reporting";
import { signInPage, signInPost, signOutPost } from "./pages/sign-in";
import { embedPage } from "./pages/totals";
import { consentPost } from "./pages/wards";
import { withdrawPage, withdrawPost } from "./pages/withdrawing";
import type { Handler } from "./visit";

export interface Route {
  /** The name that metrics and logs use: it never holds a name or a secret. */
  readonly label: string;
  readonly pattern: RegExp;
  readonly get?: Handler;
  readonly post?: Handler;
  /** The page that is shown again when a post was refused, and its address. */
  readonly shows?: Handler;
  readonly page?: (name: string) => string;
  /** Whether the route is for programs, so that refusals are JSON. */
  readonly data?: boolean;
  /** Whether each visitor gets a page of their own, signed in or not. */
  readonly own?: boolean;
  /** Whether the page is the same for everybody, so that no visitor is identified. */
  readonly anybody?: boolean;
  /** Signing out works also while nobody can be recognised. */
  readonly leaving?: boolean;
  /** The parameters that the page reads from its address, in one spelling; all others make no rendering of their own. */
  readonly reads?: Readonly<Record<string, (value: string | null) => string | null>>;
}

const oneOf =
  (...values: string[]) =>
  (value: string | null) =>
    values.find((allowed) => allowed === value) ?? null;
const drawing = { theme: oneOf("dark"), size: oneOf("phone") };
/** A place in a list, as our own pages write it; a longer one is not ours. */
const paging = { after: (value: string | null) => (value && value.length <= 200 ? value : null) };

const activityAt = (slug: string) => `/a/${slug}`;

const pages: readonly Route[] = [
  { label: "/", pattern: /^\/$/, get: homePage },
  { label: "/c/:slug.json", pattern: /^\/c\/([^/]+)\.json$/, get: campaignFeed, data: true, anybody: true },
  { label: "/c/:slug.ics", pattern: /^\/c\/([^/]+)\.ics$/, get: campaignCalendar, anybody: true },
  {
    label: "/c/:slug/divisions.svg",
    pattern: /^\/c\/([^/]+)\/divisions\.svg$/,
    get: divisionsChart,
    anybody: true,
    reads: drawing,
  },
  {
    label: "/c/:slug/timeline.svg",
    pattern: /^\/c\/([^/]+)\/timeline\.svg$/,
    get: timelineChart,
    anybody: true,
    reads: drawing,
  },
  { label: "/c/:slug/picture.png", pattern: /^\/c\/([^/]+)\/picture\.png$/, get: campaignPicture, anybody: true },
  { label: "/c/:slug", pattern: /^\/c\/([^/]+)$/, get: campaignPage, reads: paging },
  { label: "/embed/c/:slug", pattern: /^\/embed\/c\/([^/]+)$/, get: embedPage, anybody: true },
  { label: "/a/:slug/picture.png", pattern: /^\/a\/([^/]+)\/picture\.png$/, get: activityPicture, anybody: true },
  {
    label: "/a/:slug/sign-up",
    pattern: /^\/a\/([^/]+)\/sign-up$/,
    post: signUpPost,
    shows: activityPage,
    page: activityAt,
  },
  { label: "/a/:slug", pattern: /^\/a\/([^/]+)$/, get: activityPage },
  { label: "/activities/:slug.ics", pattern: /^\/activities\/([^/]+)\.ics$/, get: activityCalendar, anybody: true },
  { label: "/calendar/:secret.ics", pattern: /^\/calendar\/([^/]+)\.ics$/, get: personalCalendar, own: true },
  {
    label: "/in/:shift",
    pattern: /^\/in\/([^/]+)$/,
    get: checkInPage,
    post: checkInPost,
    shows: checkInPage,
    own: true,
  },
  {
    label: "/kiosk/:shift/code.json",
    pattern: /^\/kiosk\/([^/]+)\/code\.json$/,
    get: kioskCode,
    data: true,
    own: true,
  },
  {
    label: "/kiosk/:shift",
    pattern: /^\/kiosk\/([^/]+)$/,
    get: kioskPage,
    post: kioskPost,
    shows: kioskPage,
    own: true,
  },
  {
    label: "/lead/:slug/confirm",
    pattern: /^\/lead\/([^/]+)\/confirm$/,
    get: confirmPage,
    post: confirmPost,
    shows: confirmPage,
    own: true,
  },
  { label: "/lead/:slug", pattern: /^\/lead\/([^/]+)$/, get: leadPage, post: leadPost, shows: leadPage, own: true },
  {
    label: "/my/calendar",
    pattern: /^\/my\/calendar$/,
    post: calendarPost,
    shows: (visit) => myPage(visit),
    page: () => "/my",
  },
  {
    label: "/my/consent",
    pattern: /^\/my\/consent$/,
    post: consentPost,
    shows: (visit) => myPage(visit),
    page: () => "/my",
  },
  {
    label: "/my/notices",
    pattern: /^\/my\/notices$/,
    post: noticesPost,
    shows: (visit) => myPage(visit),
    page: () => "/my",
  },
  {
    label: "/my",
    pattern: /^\/my$/,
    get: (visit) => myPage(visit),
    own: true,
  },
  {
    label: "/my/withdraw/:signUp",
    pattern: /^\/my\/withdraw\/([^/]+)$/,
    get: withdrawPage,
    post: withdrawPost,
    shows: withdrawPage,
    own: true,
  },
  {
    label: "/my/identities",
    pattern: /^\/my\/identities$/,
    post: identityPost,
    shows: (visit) => myPage(visit),
    page: () => "/my",
  },
  // The code is in no address: it comes behind a #, in a form, or in a cookie of this page.
  { label: "/join", pattern: /^\/join$/, get: joinPage, post: joinPost, shows: joinPage, own: true },
  { label: "/exports/:secret.json", pattern: /^\/exports\/([^/]+)\.json$/, get: personCopy, own: true },
  { label: "/office/report.pdf", pattern: /^\/office\/report\.pdf$/, get: (visit) => reportPdf(visit), own: true },
  { label: "/office/report.xlsx", pattern: /^\/office\/report\.xlsx$/, get: (visit) => reportXlsx(visit), own: true },
  {
    label: "/office/report-month",
    pattern: /^\/office\/report-month$/,
    get: reportMonthPage,
    post: reportMonthPost,
    shows: reportMonthPage,
    own: true,
  },
  { label: "/office", pattern: /^\/office$/, get: (visit) => officePage(visit), own: true },
  { label: "/sign-in", pattern: /^\/sign-in$/, get: (visit) => signInPage(visit), post: signInPost, own: true },
  { label: "/sign-out", pattern: /^\/sign-out$/, post: signOutPost, leaving: true },
];

/** The first parts of the pages' addresses, such as `c` and `my`; the home page has none. */
const places = new Set(pages.flatMap(({ label }) => /^\/([\w-]+)/.exec(label)?.[1] ?? []));

/** Every other address under our paths gets a page that says it does not exist. */
export const routes: readonly Route[] = [
  ...pages,
  { label: "/assets", pattern: /^\/assets\//, get: async (visit) => missingPage(visit) },
  {
    label: "/:missing",
    pattern: new RegExp(`^/(?:${[...places].join("|")})(?:/|$)`),
    get: async (visit) => missingPage(visit),
  },
];

export function routeOf(path: string): { route: Route; name: string } | null {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match) return { route, name: match[1] ?? "" };
  }
  return null;
}

/** Coarse names for metrics, so that neither slugs nor secrets fill them; null for addresses that are not ours. */
export function routeLabel(path: string): string | null {
  return routeOf(path)?.route.label ?? null;
}
