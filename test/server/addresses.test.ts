import type { IncomingMessage } from "node:http";
import { readConfig } from "../../src/config";
import { isAddressBlock, shareAddressOf, trustedProxies } from "../../src/server/addresses";

describe("whose share a request is counted against", () => {
  const cases: [remote: string, forwarded: string | undefined, trusted: string[], counted: string][] = [
    ["203.0.113.7", undefined, [], "203.0.113.7"],
    // A forwarded address counts only behind a proxy that the operator trusts.
    ["203.0.113.7", "198.51.100.1", [], "203.0.113.7"],
    ["10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "192.0.2.66, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.3"],
    ["10.0.0.1", undefined, ["10.0.0.1"], "10.0.0.1"],
    ["10.0.0.2", "198.51.100.1", ["10.0.0.1"], "10.0.0.2"],
    ["10.0.0.1", "198.51.100.1:51234", ["10.0.0.0/8"], "198.51.100.1"],
    ["::ffff:10.0.0.1", "::ffff:c633:6401", ["10.0.0.0/8"], "198.51.100.1"],
    ["10.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", ["10.0.0.0/8"], "2001:db8:1:2::/64"],
    ["2001:db8:1:2:aaaa::1", undefined, [], "2001:db8:1:2::/64"],
    ["2001:db8:1:2:bbbb::9", undefined, [], "2001:db8:1:2::/64"],
    ["::1", undefined, [], "0:0:0:0::/64"],
    ["fe80::1%eth0", undefined, [], "fe80:0:0:0::/64"],
    ["2001:db8::9", "198.51.100.1", ["2001:db8::/32"], "198.51.100.1"],
    // The list is read from its end, up to the first entry that is no address.
    ["10.0.0.1", "198.51.100.1, unknown", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", "198.51.100.1, <script>, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.2"],
    ["10.0.0.1", ", ,", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", "999.1.1.1", ["10.0.0.0/8"], "10.0.0.1"],
    ["10.0.0.1", Array(5_000).fill("10.0.0.2").join(), ["10.0.0.0/8"], "10.0.0.2"],
    ["", "198.51.100.1", ["10.0.0.0/8"], "unknown"],
  ];
  test.each(
    cases.map(
      ([remote, forwarded, trusted, counted]) =>
        [remote, forwarded?.slice(0, 40), trusted, counted, forwarded] as const,
    ),
  )("%s, forwarded for %s, trusting %j: %s", (remoteAddress, _shown, trusted, counted, forwarded) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    const request = { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
    expect(shareAddressOf(request, trustedProxies(trusted))).toBe(counted);
  });

  const blocks: [entry: string, accepted: boolean][] = [
    ["10.0.0.0/8", true],
    ["10.0.0.1", true],
    ["2001:db8::/32", true],
    ["::1", true],
    ["10.0.0.0/33", false],
    ["2001:db8::/129", false],
    ["10.0.0", false],
    ["loopback", false],
    ["10.0.0.0/-1", false],
    ["*", false],
    ["", false],
  ];
  test.each(blocks)("%j names addresses: %s", (entry, accepted) => {
    expect(isAddressBlock(entry)).toBe(accepted);
  });

  const settings: [name: string, value: string, why: string | null][] = [
    ["TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::1", null],
    ["TRUSTED_PROXIES", "all", "TRUSTED_PROXIES: expected addresses or blocks such as 10.0.0.0/8, with commas between"],
    ["RATE_LIMIT_STORE", "redis", "RATE_LIMIT_STORE: expected memory or database"],
    ["RATE_LIMIT_STORE", "database", "RATE_LIMIT_STORE: database is for several servers on one postgres://… bank"],
    ["RATE_LIMIT_SCALE", "2.5", null],
    ["RATE_LIMIT_SCALE", "0", "RATE_LIMIT_SCALE: expected a number from 0.01 to 1000"],
    ["RATE_LIMIT_SCALE", "many", "RATE_LIMIT_SCALE: expected a number from 0.01 to 1000"],
  ];
  test.each(settings)("%s=%s", (name, value, why) => {
    const start = () =>
      readConfig({ GOODHOURS_CLOCK: "2026-09-20T09:00:00+08:00", DATABASE_URL: "file:x.db", [name]: value });
    if (why === null) expect(start).not.toThrow();
    else expect(start).toThrow(why);
  });
});
