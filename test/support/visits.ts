import type { Actor } from "../../src/domain/permissions/actors";
import type { Occasion } from "../../src/domain/policies/values";
import type { TestApi } from "./api";
import type { TestBank } from "./bank";

const selection =
  "visit { id result withdrawn waits confirmationsNeeded version obligation { id occasion month state } serviceRecord { id } } replayed userErrors { code message path details }";

const spans =
  "id version listedOn listedUntil listings { division { code } listedOn listedUntil ending } division { code }";

/** What a query answers, whatever it asked for. */
type Answered = Awaited<ReturnType<TestApi["post"]>>["data"];

/** The list and the visits of a test bank as a client asks for them. A refusal is answered as its code. */
export interface TestVisits {
  send(who: Actor | null, query: string, variables?: object): Promise<Answered>;
  register(displayName: string, more?: object, who?: Actor): Promise<Answered>;
  /** A visit that began at `when`, such as "2026-09-10T10:00", of Asia/Shanghai. */
  visit(recipientId: string, when: string, more?: object, who?: Actor): Promise<Answered>;
  withdraw(visitId: string, who?: Actor): Promise<Answered>;
  confirm(visitId: string, who: Actor): Promise<Answered>;
  list(recipientId: string, listed: boolean, who?: Actor): Promise<Answered>;
  move(recipientId: string, divisionCode: string, who?: Actor): Promise<Answered>;
  /** What stands of an obligation each visit meets, such as "2026-09.MONTHLY"; null where it meets none. */
  meets(...visitIds: string[]): Promise<(string | null)[]>;
  /** Met and owed of a month, over all divisions or by each. */
  month(month: string): Promise<{ all: [met: number, owed: number]; by: Record<string, [met: number, owed: number]> }>;
  /** Each obligation of a month that the station sees: name, occasion, state. */
  owed(month: string, organizationId?: string, who?: Actor): Promise<string[]>;
  occasions(...list: [code: string, from: string, until: string][]): Promise<void>;
}

export function openVisits(bank: TestBank, api: TestApi): TestVisits {
  const send = async (who: Actor | null, query: string, variables: object = {}) => {
    const { data, errors } = await api.post(who, { query, variables });
    return errors ? errors[0]?.extensions.code : data;
  };
  const step = async (who: Actor, field: string, type: string, answer: string, selected: string, input: object) => {
    const data = await send(
      who,
      `mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} { ${selected} } replayed userErrors { code message path details } } }`,
      { input },
    );
    return data[field]?.[answer] ?? data[field]?.userErrors[0].code ?? data;
  };
  return {
    send,
    register: (displayName, more = {}, who = bank.worker) =>
      step(who, "registerRecipient", "RegisterRecipientInput", "recipient", "id version listedOn listedUntil", {
        idempotencyKey: bank.key(),
        displayName,
        birthDate: "1940-05-01",
        divisionCode: "fengqiao",
        categories: ["LIVING_ALONE"],
        consent: true,
        ...more,
      }),
    async visit(recipientId, when, more = {}, who = bank.worker) {
      const data = await send(
        who,
        `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { ${selection} } }`,
        {
          input: {
            idempotencyKey: bank.key(),
            organizationId: bank.station.id,
            recipientId,
            at: `${when.length === 16 ? `${when}:00` : when}+08:00`,
            mode: "HOME",
            result: "MET",
            ...more,
          },
        },
      );
      return data.recordVisit?.visit ?? data.recordVisit?.userErrors[0].code ?? data;
    },
    async withdraw(visitId, who = bank.supervisor) {
      const data = await send(
        who,
        `mutation ($input: WithdrawVisitInput!) { withdrawVisit(input: $input) { ${selection} } }`,
        { input: { visitId, reason: "录错" } },
      );
      return data.withdrawVisit?.visit ?? data.withdrawVisit?.userErrors[0].code ?? data;
    },
    confirm: (visitId, who) =>
      step(who, "confirmVisit", "ConfirmVisitInput", "visit", "id waits confirmationsGiven version", { visitId }),
    list: (recipientId, listed, who = bank.supervisor) =>
      step(who, "listRecipient", "ListRecipientInput", "recipient", spans, { recipientId, listed, reason: "迁出" }),
    move: (recipientId, divisionCode, who = bank.officer) =>
      step(who, "reviseRecipient", "ReviseRecipientInput", "recipient", spans, {
        recipientId,
        divisionCode,
        reason: "搬家",
      }),
    async meets(...ids) {
      const visits = await bank.store.view.visits(ids);
      return ids.map((id) => visits.get(id)?.obligation ?? null);
    },
    async month(month) {
      const { monthVisits } = await send(
        bank.officer,
        "query ($month: Month!) { monthVisits(month: $month) { owed met byDivision { division { code } owed met } } }",
        { month },
      );
      const lines = monthVisits.byDivision.map(({ division, met, owed }: Answered) => [division.code, [met, owed]]);
      return { all: [monthVisits.met, monthVisits.owed], by: Object.fromEntries(lines) };
    },
    async owed(month, organizationId = bank.station.id, who = bank.worker) {
      const { organization } = await send(
        who,
        "query ($id: ID!, $month: Month!) { organization(id: $id) { visitObligations(month: $month, first: 100) { edges { node { recipient { displayName } occasion state } } } } }",
        { id: organizationId, month },
      );
      return organization.visitObligations.edges.map(({ node }: Answered) =>
        [node.recipient?.displayName ?? "?", node.occasion, node.state].join(" "),
      );
    },
    async occasions(...list) {
      const value: Occasion[] = list.map(([code, from, until]) => ({ code, label: code, labelEn: code, from, until }));
      await bank.services.policies.set(bank.officer, {
        idempotencyKey: bank.key(),
        key: "visit.occasions",
        value,
        effectiveFrom: bank.services.today(),
        citation: "市民政局通知",
      });
    },
  };
}
