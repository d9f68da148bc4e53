import { grantMinutes, registerElder } from "../../support/elders";
import { type Mutations, type Scene, townAndOffice, volunteers, withToken } from "./scene";

const hour = 3_600_000;
let asked = 0;
/** Help that an elder asks for and can pay; each order has an hour of its own. */
const wish = async ({ bank }: Scene) => {
  const elder = await registerElder(bank);
  await grantMinutes(bank, elder, 60);
  asked += 1;
  const neededFrom = bank.services.now() + (48 + asked) * hour;
  return {
    recipientId: elder.id,
    serviceType: "COMPANION_TALK",
    neededFrom,
    neededTo: neededFrom + hour,
    plannedMinutes: 60,
    payFrom: "OWN" as const,
  };
};
const order = async (scene: Scene) => {
  const input = { idempotencyKey: scene.bank.key(), ...(await wish(scene)) };
  return (await scene.bank.services.orders.request(scene.bank.worker, input)).value.id;
};
/** An order that the volunteer has taken. */
const taken = async (scene: Scene) => {
  const orderId = await order(scene);
  await scene.bank.services.orders.match(await scene.bank.actorOf(scene.mei), { orderId });
  return orderId;
};
const instant = (at: number) => new Date(at).toISOString();
const sides = ["the volunteer", ...townAndOffice];

/** A relative's wish to act for an elder, taken so far. */
const proxy = async (scene: Scene, ...actions: ("APPROVE" | "ACCEPT")[]) => {
  const { bank, mei } = scene;
  const input = {
    idempotencyKey: bank.key(),
    recipientId: (await wish(scene)).recipientId,
    relation: "PARENT" as const,
  };
  const { value } = await bank.services.proxies.request(await bank.actorOf(mei), input);
  for (const action of actions)
    await bank.services.proxies.advance(action === "APPROVE" ? bank.supervisor : bank.worker, {
      ...{ proxyId: value.id, action, reason: "核实" },
    });
  return value.id;
};

/** Help for time. The two sides who sign in as an elder or a proxy walk in test/stories/orders. */
export const orders: Mutations = {
  requestProxy: {
    allowed: withToken,
    input: async (scene) => ({ recipientId: (await wish(scene)).recipientId, relation: "PARENT" }),
  },
  // ACCEPT is walked here; the other steps in test/stories/proxies.
  advanceProxy: {
    allowed: townAndOffice,
    input: async (scene) => ({ proxyId: await proxy(scene, "APPROVE"), action: "ACCEPT", reason: "老人口头同意" }),
  },
  requestService: {
    allowed: townAndOffice,
    input: async (scene) => {
      const { neededFrom, neededTo, ...more } = await wish(scene);
      return { ...more, neededFrom: instant(neededFrom), neededTo: instant(neededTo) };
    },
  },
  matchServiceOrder: { allowed: volunteers, input: async (scene) => ({ orderId: await order(scene) }) },
  declineServiceOrder: {
    allowed: ["the volunteer"],
    input: async (scene) => {
      const orderId = await order(scene);
      await scene.bank.services.orders.match(scene.bank.worker, { orderId, volunteerId: scene.mei.id });
      return { orderId };
    },
  },
  deliverServiceOrder: {
    allowed: sides,
    input: async (scene) => ({
      orderId: await taken(scene),
      startedAt: "2026-09-19T09:00:00+08:00",
      endedAt: "2026-09-19T10:00:00+08:00",
      content: "陪伴",
    }),
  },
  acceptServiceOrder: { allowed: townAndOffice, input: async (scene) => ({ orderId: await taken(scene) }) },
  cancelServiceOrder: {
    allowed: sides,
    input: async (scene) => ({ orderId: await taken(scene), reason: "改期" }),
  },
  reportOrderNoShow: {
    allowed: sides,
    input: async (scene) => ({ orderId: await taken(scene), absent: "AS_RECIPIENT", reason: "不在家" }),
  },
  disputeServiceOrder: {
    allowed: sides,
    input: async (scene) => ({ orderId: await taken(scene), statement: "时间不符" }),
  },
  resolveOrderDispute: {
    allowed: ["STATION_SUPERVISOR", "STATION_SUPERVISOR elsewhere", "OFFICER"],
    input: async (scene) => ({ orderId: await taken(scene), verdict: "VOID", reason: "未提供服务" }),
  },
};
