import { pendingStates } from "../../domain/activities/signups";
import type { ServiceRecord } from "../../domain/facts/hours";
import { refuse } from "../../domain/kit/refusal";
import { noticeTitle } from "../../domain/notices";
import { scopeOf } from "../../domain/permissions/actors";
import type { Notice } from "../../services/notices";
import { type Answer, seeOther } from "../answers";
import { moment, span } from "../format";
import { page } from "../layout";
import { CopyLine, Key, Section } from "../parts";
import { field, type Visit } from "../visit";
import { askPage, isSure, sentAgain } from "./asking";
import { durationOf } from "./confirming";
import { DoneNote, doneLine } from "./done";
import { Identities } from "./identities";
import { signInFirst } from "./plain";
import { WithdrawLink } from "./shifts";
import { SignUpCard, type SignUpLine, signUpLines } from "./sign-ups";
import { Wards, wardsOf } from "./wards";

/** A volunteer's own page: sign-ups, notices, and the calendar. */
export async function myPage(visit: Visit): Promise<Answer> {
  const { services, actor, say, publicUrl } = visit;
  if (!visit.signedIn) return signInFirst(visit);
  if (actor.volunteerId === null && actor.personId === null)
    return page(
      visit,
      { title: say("my") },
      <div class="hero">
        <h1>{say("my")}</h1>
        <p class="lead">{say("notVolunteer")}</p>
        <p>
          <a class="button" href="/join">
            {say("haveCode")}
          </a>
        </p>
      </div>,
    );
  const lines = actor.volunteerId ? await signUpLines(visit, actor.volunteerId) : [];
  const wards = await wardsOf(visit);
  const done = await doneLine(visit);
  const notices = await services.notices.list(actor, null, { first: 20 });
  const recordIds = notices.edges.flatMap(({ node }) => (node.kind === "RECORD_LOGGED" ? node.subjectId : []));
  const records = await services.hours.reading.many(actor, recordIds);
  const secret = await services.calendars.link(actor);
  const [identities = []] = actor.personId ? await services.identities.of(actor, [actor.personId]) : [];
  return page(
    visit,
    { title: say("my"), scripts: ["share.js"] },
    <>
      <div class="hero">
        <h1>{say("my")}</h1>
        {actor.volunteerId === null && <p class="lead">{say("notVolunteer")}</p>}
        {seesOffice(visit) && (
          <p>
            <a class="button quiet" href="/office">
              {say("office")}
            </a>
          </p>
        )}
      </div>
      <DoneNote visit={visit} line={done} />
      <Section id="sign-ups" title={say("mySignUps")}>
        {lines.length === 0 && <p class="empty">{say("noSignUps")}</p>}
        <ul class="cards">
          {lines.map((line) => (
            <MySignUp key={line.signUp.id} visit={visit} line={line} />
          ))}
        </ul>
      </Section>
      {wards.length > 0 && <Wards visit={visit} wards={wards} />}
      <Section id="notices" title={say("notices")}>
        <Notices
          visit={visit}
          notices={notices.edges.map(({ node }) => node)}
          records={new Map(records.flatMap((record) => (record ? [[record.id, record]] : [])))}
          unread={notices.unreadCount}
        />
      </Section>
      <Identities visit={visit} identities={identities} />
      {secret && (
        <Section id="calendar" title={say("myCalendar")}>
          <p>{say("calendarHow")}</p>
          <CopyLine
            visit={visit}
            id="calendar-address"
            label={say("calendarAddress")}
            text={`${publicUrl}/calendar/${secret}.ics`}
          />
          <form method="post" action="/my/calendar">
            <Key />
            <button type="submit" class="quiet">
              {say("renew")}
            </button>
          </form>
        </Section>
      )}
    </>,
  );
}

function MySignUp({ visit, line }: { visit: Visit; line: SignUpLine }) {
  const { say } = visit;
  const { signUp, shift, checks } = line;
  return (
    <SignUpCard visit={visit} line={line}>
      {checks && (
        <a class="button" href={`/in/${shift.id}`}>
          {say(checks === "out" ? "checkOut" : "goCheckIn")}
        </a>
      )}
      {pendingStates.includes(signUp.state) && <WithdrawLink visit={visit} signUpId={signUp.id} from="my" />}
    </SignUpCard>
  );
}

function seesOffice({ actor, services }: Visit): boolean {
  const { all, organizationIds, divisionCodes } = scopeOf(actor, "indicators.see", services.today());
  return all || organizationIds.length + divisionCodes.length > 0;
}

interface Told {
  visit: Visit;
  notices: Notice[];
  /**
   * The records that notices are about, so that the reader sees when each was and how long before saying whether they served.
   */
  records: ReadonlyMap<string, ServiceRecord>;
  unread: number;
}

function Notices({ visit, notices, records, unread }: Told) {
  const { say, language } = visit;
  if (notices.length === 0) return <p class="empty">{say("noNotices")}</p>;
  return (
    <>
      <ul class="notices">
        {notices.map((notice) => (
          <li key={notice.id}>
            {notice.readAt === null && <span class="badge live">{say("unread")}</span>}{" "}
            <strong>{noticeTitle(notice, language)}</strong>
            <br />
            {notice.about[language]} <span class="hint">{moment(notice.at, language)}</span>
            <ServiceLine visit={visit} record={records.get(notice.subjectId)} />
            {notice.reason && <p class="hint">{notice.reason}</p>}
          </li>
        ))}
      </ul>
      {unread > 0 && (
        <form method="post" action="/my/notices">
          <button type="submit" class="quiet">
            {say("markRead")}
          </button>
        </form>
      )}
    </>
  );
}

function ServiceLine({ visit, record }: { visit: Visit; record: ServiceRecord | undefined }) {
  if (!record) return null;
  const when = span(record.startedAt, record.endedAt, visit.language);
  return <p>{visit.say("confirmLine", { when, duration: durationOf(visit, record.serviceMinutes) })}</p>;
}

export async function calendarPost(visit: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst(visit);
  const { say } = visit;
  const idempotencyKey = field(visit, "key") ?? refuse("INVALID_INPUT", { expected: "the page's own key" }, ["key"]);
  if (!isSure(visit))
    return askPage(visit, {
      title: say("askRenew"),
      effects: [say("effectRenew")],
      action: "/my/calendar",
      fields: sentAgain(visit),
      sure: say("sureRenew"),
      back: "/my",
    });
  await visit.services.calendars.renew(visit.actor, { idempotencyKey });
  return seeOther("/my#calendar");
}

export async function noticesPost({ services, actor, ...visit }: Visit): Promise<Answer> {
  if (!visit.signedIn) return signInFirst({ services, actor, ...visit });
  const unread = await services.notices.list(actor, true, { first: 100 });
  await services.notices.markRead(
    actor,
    unread.edges.map(({ node }) => node.id),
  );
  return seeOther("/my#notices");
}
