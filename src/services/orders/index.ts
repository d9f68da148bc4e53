import { refuse } from "../../domain/kit/refusal";
import type { Actor } from "../../domain/permissions/actors";
import type { StoredOrder, View } from "../../storage/store";
import type { SignUpReading } from "../activities/sign-up-reading";
import type { Bank } from "../bank";
import type { Done } from "../bank/answers";
import type { Keyed } from "../bank/command-log";
import type { Asked } from "../bank/fields";
import type { Hours } from "../hours";
import type {
  acceptServiceOrder,
  cancelServiceOrder,
  declineServiceOrder,
  deliverServiceOrder,
  disputeServiceOrder,
  matchServiceOrder,
  reportOrderNoShow,
  requestService,
  resolveOrderDispute,
} from "./commands";
import { Delivering } from "./delivering";
import { MatchingOrders, type ShownCandidate } from "./matching";
import { ReadingOrders } from "./reading";
import type { Requesting } from "./requesting";
import type { OrderScenes } from "./scenes";

/** Help for time (domain.md 6.2): from the request with its hold to the payment that the volunteer earns. */
export class Orders {
  readonly reading: ReadingOrders;
  private readonly matching: MatchingOrders;
  private readonly delivering: Delivering;

  constructor(
    private readonly bank: Bank,
    scenes: OrderScenes,
    private readonly requesting: Requesting,
    signUps: SignUpReading,
    hours: Hours,
  ) {
    this.reading = new ReadingOrders(bank);
    this.matching = new MatchingOrders(scenes, signUps);
    this.delivering = new Delivering(scenes, this.requesting, hours);
  }

  request(actor: Actor, input: Asked<typeof requestService>): Promise<Done<StoredOrder>> {
    return this.once(actor, "requestService", input, (tx, by) => this.requesting.request(tx, by, input));
  }
  match(actor: Actor, input: Asked<typeof matchServiceOrder>): Promise<StoredOrder> {
    return this.bank.commands.act(actor, (tx, by) => this.matching.match(tx, by, input));
  }
  decline(actor: Actor, input: Asked<typeof declineServiceOrder>): Promise<StoredOrder> {
    return this.bank.commands.act(actor, (tx, by) => this.matching.decline(tx, by, input));
  }
  deliver(actor: Actor, input: Asked<typeof deliverServiceOrder>): Promise<Done<StoredOrder>> {
    return this.once(actor, "deliverServiceOrder", input, (tx, by) => this.delivering.deliver(tx, by, input));
  }
  accept(actor: Actor, input: Asked<typeof acceptServiceOrder>): Promise<Done<StoredOrder>> {
    return this.once(actor, "acceptServiceOrder", input, (tx, by) => this.delivering.accept(tx, by, input));
  }
  cancel(actor: Actor, input: Asked<typeof cancelServiceOrder>): Promise<Done<StoredOrder>> {
    return this.once(actor, "cancelServiceOrder", input, (tx, by) => this.requesting.cancel(tx, by, input));
  }
  miss(actor: Actor, input: Asked<typeof reportOrderNoShow>): Promise<Done<StoredOrder>> {
    return this.once(actor, "reportOrderNoShow", input, (tx, by) => this.requesting.miss(tx, by, input));
  }
  dispute(actor: Actor, input: Asked<typeof disputeServiceOrder>): Promise<Done<StoredOrder>> {
    return this.once(actor, "disputeServiceOrder", input, (tx, by) => this.delivering.dispute(tx, by, input));
  }
  resolve(actor: Actor, input: Asked<typeof resolveOrderDispute>): Promise<Done<StoredOrder>> {
    return this.once(actor, "resolveOrderDispute", input, (tx, by) => this.delivering.resolve(tx, by, input));
  }

  /** The volunteers who fit an order, for the station that offers it; none for others. */
  candidates(actor: Actor, order: StoredOrder): Promise<ShownCandidate[]> {
    return this.matching.candidates(this.bank.store.view, actor, order);
  }

  /** Ends what nobody took in time; how many there were. Called by the serving process every minute. */
  expire(): Promise<number> {
    return this.requesting.expire();
  }

  private once<I extends Keyed>(
    actor: Actor,
    operation: string,
    input: I,
    work: (tx: Parameters<Parameters<Bank["commands"]["once"]>[3]>[0], actor: Actor) => Promise<StoredOrder>,
  ): Promise<Done<StoredOrder>> {
    // Who takes the step is shown the order as it left it; asked again under the same key, they see it as it stands then.
    let taken: { in: View; order: StoredOrder } | undefined;
    return this.bank.commands.once(
      actor,
      operation,
      input,
      async (tx, by) => {
        taken = { in: tx, order: await work(tx, by) };
        return taken.order.id;
      },
      async (view, id) => {
        if (taken?.in === view) return taken.order;
        const [order] = await this.reading.many(actor, [id], view);
        return order ?? refuse("NOT_PERMITTED", { act: "order.see" });
      },
    );
  }
}
