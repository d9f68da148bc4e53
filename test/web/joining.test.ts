import { shiftOf } from "./support/day";
import { campaign, openVisitor, type Visitor } from "./support/visitor";

/** What can be joined stands first: on a phone nobody scrolls past eight cards that are full or over. */
let visitor: Visitor;
beforeEach(async () => {
  visitor = await openVisitor({ people: 6 });
});
afterEach(() => visitor.close());

const cards = (text: string) => [...text.matchAll(/class="stretched" href="\/a\/([^"]+)"/g)].map(([, slug]) => slug);

describe("the campaign's activities", () => {
  it("are listed with places left first, then waiting lists, then postponed, over and cancelled ones", async () => {
    const { bank, charity } = visitor.day;
    // Two places at the hairdresser's, and both are taken; the clean-up is over at ten.
    for (const no of ["H-1", "H-2"]) await charity.signUp(await bank.volunteer(no), shiftOf(visitor.day, "haircuts"));
    bank.setClock("2026-09-05T10:20:00+08:00");
    const { text } = await visitor.get(campaign);
    expect(cards(text)).toEqual(["clinic", "books", "haircuts", "postponed", "clean-up", "cancelled"]);
    // What is over says nothing of places.
    expect(text.slice(text.indexOf("/a/clean-up") - 400, text.indexOf("/a/clean-up"))).not.toContain("名额");
    expect(text).toContain("6 场活动中，2 场还有名额，排在最前。");
  });

  it("go on over pages in the same order, each once", async () => {
    const { bank, charity } = visitor.day;
    for (const no of ["H-1", "H-2"]) await charity.signUp(await bank.volunteer(no), shiftOf(visitor.day, "haircuts"));
    bank.setClock("2026-09-04T12:00:00+08:00");
    for (let i = 0; i < 26; i += 1) await charity.announce(`more-${i}`);
    bank.setClock("2026-09-05T08:00:00+08:00");
    const first = await visitor.get(campaign);
    const next = /href="([^"]+\?after=[^"]+)#activities"/.exec(first.text)?.[1] as string;
    const second = await visitor.get(next);
    const [firstCards, secondCards] = [cards(first.text), cards(second.text)];
    expect([firstCards.length, secondCards.length, new Set([...firstCards, ...secondCards]).size]).toEqual([24, 8, 32]);
    // The full one, the postponed one and the cancelled one come after all that can be joined.
    expect(secondCards.slice(-3)).toEqual(["haircuts", "postponed", "cancelled"]);
    expect(second.text).toContain(`href="${campaign}#activities"`);
    expect((await visitor.get(`${campaign}?after=activity_none`)).status).toBe(422);
  });
});
