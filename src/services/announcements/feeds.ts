import { type Counts, noCounts } from "../../domain/activities/tallies";
import { refuse } from "../../domain/kit/refusal";
import type { Store } from "../../storage/store";
import { Bell, wakeful } from "./bell";

/** A campaign's totals, true at `asOfSeq`. */
export interface CampaignTotals extends Counts {
  asOfSeq: number;
}

/** Public totals are told at most once a second. */
const restMs = 1000;

/** The crowd before a page: however many watch a campaign, its totals are read once a change, for all of them. */
export class CampaignFeeds {
  private readonly feeds = new Map<string, Feed>();
  constructor(private readonly store: Store) {}

  watch(slug: string): AsyncIterableIterator<CampaignTotals> {
    const bell = new Bell();
    return wakeful(bell, this.events(slug, bell));
  }

  private async *events(slug: string, bell: Bell): AsyncGenerator<CampaignTotals, undefined> {
    const campaign = (await this.store.view.campaignBySlug(slug)) ?? refuse("NOT_FOUND", {}, ["slug"]);
    let feed = this.feeds.get(campaign.id);
    if (!feed) {
      feed = new Feed(this.store, campaign.id);
      this.feeds.set(campaign.id, feed);
    }
    feed.bells.add(bell);
    try {
      // A new listener hears the state at once, also within the second in which the others still wait for it.
      let sent: CampaignTotals = await feed.look();
      yield sent;
      while (!bell.silent) {
        await bell.rung();
        const now: CampaignTotals = await feed.latest();
        if (now.asOfSeq < sent.asOfSeq || same(now, sent)) continue;
        sent = now;
        yield now;
      }
    } finally {
      feed.bells.delete(bell);
      if (feed.bells.size === 0) {
        feed.close();
        this.feeds.delete(campaign.id);
      }
    }
  }
}

/** Reads the totals of a campaign again after commits, and rings when they differ. */
class Feed {
  readonly bells = new Set<Bell>();
  private totals: Promise<CampaignTotals>;
  private timer: NodeJS.Timeout | null = null;
  private readonly stop: () => void;

  constructor(
    private readonly store: Store,
    private readonly campaignId: string,
  ) {
    // Listen before looking, so that nothing falls between.
    this.stop = store.follow(() => this.stir());
    this.totals = this.look();
    // There may be no listener yet, and each new one looks by itself.
    this.totals.catch(() => undefined);
  }

  latest(): Promise<CampaignTotals> {
    return this.totals;
  }

  close(): void {
    this.stop();
    if (this.timer) clearTimeout(this.timer);
  }

  /** Commits within a second of the first are told together. */
  private stir(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.tell();
    }, restMs).unref();
  }

  private async tell(): Promise<void> {
    const before = await this.totals.catch(() => null);
    // A bank that cannot be read just now is looked at after the next commit.
    const now = await this.look().catch(() => null);
    if (!now || (before && same(before, now))) return;
    this.totals = Promise.resolve(now);
    for (const bell of this.bells) bell.ring();
  }

  async look(): Promise<CampaignTotals> {
    const asOfSeq = (await this.store.view.head()).seq;
    const counts = (await this.store.view.totalsOf([this.campaignId])).get(this.campaignId);
    return { ...(counts ?? noCounts), asOfSeq };
  }
}

const counted = Object.keys(noCounts) as (keyof Counts)[];
const same = (a: Counts, b: Counts) => counted.every((name) => a[name] === b[name]);
