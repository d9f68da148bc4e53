import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Fact, type JournalKind, journalKinds, journalShapes } from "../../../src/domain/ledger/facts";
import { decode, encode, leafHash } from "../../../src/domain/ledger/journal";

const stamp = {
  seq: 7,
  recordedAt: 1_789_866_000_000_001,
  at: 1_789_866_000_000,
  origin: "test.example/枫桥",
  actor: "person_1",
};

/** One value a field type, the same for every kind: the vectors below must never change. */
const samples: Record<string, unknown> = {
  int: 90,
  "int?": 4,
  text: "善时",
  "text?": null,
  texts: ["a", "政策"],
  bytes: new Uint8Array([1, 2]),
};
const sample = (kind: JournalKind): Fact =>
  ({
    type: kind,
    ...Object.fromEntries(Object.entries(journalShapes[kind].fields).map(([name, type]) => [name, samples[type]])),
  }) as unknown as Fact;

describe("the journal's bytes, version 1", () => {
  test("spelled out for the shortest kind", () => {
    expect(encode(stamp, { type: "BANK_OPENED", unit: "MINUTE" }).toString("hex")).toBe(
      [
        "01", // version
        "01", // BANK_OPENED
        "0000000000000007", // seq
        "00065bdfa7202401", // recordedAt, microseconds
        "000001a0bc53be80", // at, milliseconds
        "00000013",
        Buffer.from("test.example/枫桥").toString("hex"),
        "00000008",
        Buffer.from("person_1").toString("hex"),
        "00000006",
        Buffer.from("MINUTE").toString("hex"),
      ].join(""),
    );
  });

  test("golden leaves of every kind: old entries must verify for ever", () => {
    const leaves = Object.fromEntries(
      journalKinds.map((kind) => [kind, leafHash(encode(stamp, sample(kind))).toString("hex")]),
    );
    expect(leaves).toMatchInlineSnapshot(`
{
  "ACCOUNT_OPENED": "3069eb68de77f36782d9c1a623f7db7dcb827167bce38af3e285a15e2c70c024",
  "ACTIVITY_STEP": "92aee5e40158ed1eb80c6c92accece90add5abb53889471acb0fb9eeff2ca079",
  "ATTENDANCE_STEP": "847d6c039b9046ae7c3227789508c452cb91ab75097766c99f4c178f96497be1",
  "AWARD_SET": "5a9c7d62d5474bfd4219246dacb3956f4efcc325de39e8ea9107a5497679d5c6",
  "BANK_OPENED": "e7df672ee6985631b645f28d28642b2ad98a369bb4a7b23ff2f09db6a3c7de8d",
  "CALENDAR_SET": "3f858325451bb5351b7ca13c561fe692d66f509594698c95401425acd1fe7dcf",
  "CAMPAIGN_MOVED": "051ef24a1a012dcbc33dab38cfc0876e487d4905e6e67a10a6bce2ee97befce1",
  "CAMPAIGN_SET": "61bff82b4f2699dac5c8132a1ddaaf61f610f1676fde6bdac0b00eeddd512934",
  "CARE_VISIT_SET": "b61b438b405dc2efaba6bd0cd9058c847e6bedfa328f9e7ed15ae5780cb4fa19",
  "CREDIT_FILE_READ": "ea039fde2a03442646abcb4724d429688756e0c34dc71a67103351e6af35be1c",
  "CREDIT_RECORD_STEP": "f5511b8d792ede02bfb71431241721865208507b6108ee4872ae5b2bb2b46e5d",
  "DIVISION_SET": "6b51761119ef7facd065b6bd78a5089a3f501bb07f1feb5e35648b275e711d5b",
  "DIVISION_STEP": "54c6b26f6f4e13acc1c19ca5bc11f6ae4e833a7bb5d5e219067eef94b1c01608",
  "FEEDBACK_GIVEN": "de88ff109b37dd15b921e185f5a86e6d6f8b8884f77c104dd41d288797b621d0",
  "FINDING_SET": "05115ea26ab32e3c074bc4a0332e9477c83dea68665e62d4f321b4b4236dfabc",
  "FUNDRAISING_SET": "3a14fe43ccc5ad98fb02d50c207fa51808f19e0a693286de82e755a459c90203",
  "GRANT_STEP": "3a3fd47a87142322684b9887b523015f5929f43c0117739c9282c4aa3974726f",
  "GUARDIAN_SET": "5a06cf1f46de4b26a7f3b118cfbe4f9a6cc5e5619f7bedccdcec07c939e2198c",
  "HEAD_STEP": "fd5e71ada5f739c57b1c8ad2c46b681e7c4fa65b8b116a47ee4cc5be38901d74",
  "HOLD": "475df2b60eac7d2df8a55deb41b62d8f45da1afab4b7dc152245e84bd3143d07",
  "HOUSEHOLD_MOVED": "f95e6fbe2d89aa15ea96b19f129f70913e3261d5f6965d620c6ad2e55ef0de77",
  "HOUSEHOLD_QUARTER_SET": "9f08ddf8fb3965d8724384f579967a3c027c118d61ade69365f9186c3cc33be8",
  "HOUSEHOLD_SET": "80143295f7994887d9acfd38022f1608f4b278a58afcdbed167a9a96b70adc7c",
  "IDENTITY_LINKED": "ec6bf11b760313d80e8f3b80f1874006dd0cdfd09d1021e0b0b473100c53d1c8",
  "IDENTITY_STEP": "8632ed9f2d21b2aea7fc4d55ad92ff2618d5c1d9476abb3aca228a9d2c30680e",
  "INVITATION_STEP": "1a6754e404b995d92e225ec77548c6c431b544855327acdef9087ea6a4ded990",
  "LISTING_ENDED": "b1709d13609007411e1b41f44710ddf5dcaa45422cc6a7259bbb5376b5c4f583",
  "MERGING_ENDED": "6dae0bfb27c471b3f0ca59a4d42c7d53ae91aa131fc06f5e06e9cc5c217a9c25",
  "MONTH_REPORTED": "214faa377d3d93a77cc4773191494e7f250ea197732d8ebcaf06682a26c616a6",
  "ORGANIZATION_MOVED": "9a6168daf6bf0937bc4153b0dd2c3ac1d11f187238f643dd7b22c8fdcc4a5cd4",
  "ORGANIZATION_PROFILE_SET": "ff709b8586fa74770e77763d18dcd3cb882f488f98dbaa7648d4413738ce6067",
  "ORGANIZATION_STEP": "10ce6f97d0ef83012e128cdef2b3a48d4d99c5e050673638b46ae7cbf10d5543",
  "PEOPLE_MERGED": "dc191d63ca3dc6430d12938273bcdabacda679bc56df8b017c297daa4560b6de",
  "PERSON_ERASED": "bc670f688ee4a9382eb974f35fdf971bf09261f2657ca45029b3c142d53420c9",
  "PERSON_EXPORTED": "74379ceb18917fecfce9609955500ea91c521ff91c0b4327e8fecfcc0f8adacf",
  "PERSON_SEPARATED": "f72338f89ca64e4dc8b6abc999ae6b5da53a49496eb4f62d6077e7f8580a4654",
  "POLICY_SET": "cf44f9a5cc4f5482ac1fdb53fa949592c5538660320c0432ac458120860ff15d",
  "POST_SET": "434eb55adc47c777dd5adc243100ccacb245a47a5c55156c2e6bbd6b91b2ed54",
  "RATING_DOWNGRADE_STEP": "d07bc4e66f967caeee33b4e772c8553553d34bc2105fcbb331f6697f1b81a2e1",
  "RATING_ROUND_OPENED": "f03c2bfdd35357fba2aa3d6eb1d68c59e6d41de5674d30554dbdc6e12493b896",
  "RATING_SHEET_SET": "086988ca4387154dac6f7fe3c0afdb89ad94ed034e3f81cd515e2fb719028a6f",
  "RATING_STEP": "10cfa8aab8444522c90ac5a749161affea7553296878a57bacf502cbbabb602b",
  "RATING_VOTED": "ba34e602a7d100268bb34e070dff4dc504f2e3c6eeacbc40a25a66bc16fa0d4a",
  "RECIPIENT_MOVED": "62bdadafd76bcc9760c36af8f558f6b424bf1c15e3b82761d70e579a3589ebe5",
  "RECIPIENT_SET": "3e991795b2a029752dfa20ba12b88e4c2d44ab2771e40d89f8f78795628299d2",
  "RECORD_STEP": "575280a4c9cd1638d763c95dca2cbefbcaac6a50a75b2e5388ce41990a2c7be6",
  "RELEASE": "1e5a8592c12dface8c725b8928385a50501148240876a206c893c68d9aff6287",
  "REVERSAL": "c62c554dce7cd62d14355b28a8f48b7043e34412dfee2145cbbc4a58258f35d0",
  "SEALED": "62555bb6907c43856757264e85bf2f41240ec83624891c2597e667cbed3a4a4b",
  "SEALED_ANEW": "0879a7e9d88f65ac6836a420216aff3d6736bcc0788289de1df17ce81e46d258",
  "SETTLE": "1773d3d32d3003c0dbbcd37ccf42e9325f7602a764c8689dabfd5d941e0eb0e2",
  "SHIFT_SET": "0c56552838fd6eb5be09add3c78c0b65931028615fe0be398932b78d5f578086",
  "SIGN_UP_STEP": "d52657b4c3ec59f17920b1309d14d341e9f12125eadd599cec7e95a7136c1edb",
  "SOCIAL_WORKER_MOVED": "a1f12a4dba149ea691d8b82d2f1e1f97a30f99d6c74a53b5eab61e3a11f2553f",
  "SOCIAL_WORKER_SET": "fa0c323798828b42276ce53a2b9f820e48b47574abce059433b2006330f418f8",
  "SPOT_CHECK_STEP": "66fa5340e6bc67ea7f419954ecca1c7007041b627abc547799a5f8742ac5ebec",
  "SPOT_SEED_SET": "6ac18627003acece35f909ed9b3b402dd55357455bdb0c7428bae15da2c1fd5c",
  "STAFF_SET": "fe974f19bde06e314c369af3f233c687c8f261974c94937ea3ae32c4c25e08c8",
  "TIE_STEP": "202b5aaeb3ce38ecbbb0d0c3d4ce6022d8d9109ecaa9e5528c19068c1d6caf06",
  "TRAINING_SET": "55f4600af9f02081969fc626378e73f4a4c902c3407c224f575cca2bb9037ee5",
  "TRANSFER": "bb2eab54cb86a359e754b92bbd63cac711295fe7e90d3a783fe4b25b119c9670",
  "VILLAGE_POINTS_SET": "f40580e38deb11716fc7b5789b1c13c72c5975d71e91e3cb7fd0323b2511ff9e",
  "VISIT_SET": "2056bbd0d88d3d4a61f100ed3c0119e77989cd16e344fb4b53b7197cb105e77a",
  "VOLUNTEER_MOVED": "bd48cafd317b433519b53a104e34a0fd2c2eb1238101965d678c703990b17c9d",
  "VOLUNTEER_STEP": "650f0c4142d5007852ee25a03024478dca6ba176944e9a84663e77ea4271cba3",
}
`);
  });

  test("the leaf is SHA-256 of 0x00 and the body, as in RFC 6962", () => {
    const body = encode(stamp, sample("TRANSFER"));
    const plain = createHash("sha256")
      .update(Buffer.concat([Buffer.from([0]), body]))
      .digest("hex");
    expect(leafHash(body).toString("hex")).toBe(plain);
  });

  const values: Record<string, fc.Arbitrary<unknown>> = {
    int: fc.maxSafeInteger(),
    "int?": fc.option(fc.maxSafeInteger()),
    text: fc.string({ unit: "grapheme" }),
    "text?": fc.option(fc.string({ unit: "grapheme" })),
    texts: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }),
    bytes: fc.uint8Array({ maxLength: 40 }),
  };
  const anyFact = fc
    .constantFrom(...journalKinds)
    .chain((kind) =>
      fc
        .record(
          Object.fromEntries(
            Object.entries(journalShapes[kind].fields).map(([name, type]) => [
              name,
              values[type] as fc.Arbitrary<unknown>,
            ]),
          ),
        )
        .map((fields) => ({ type: kind, ...fields }) as unknown as Fact),
    );

  test("come back as what was put in", () => {
    fc.assert(
      fc.property(anyFact, fc.nat(), (fact, seq) => {
        expect(decode(encode({ ...stamp, seq }, fact))).toEqual({ ...stamp, seq, fact });
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test("cut short, made longer or of another version are not read", () => {
    fc.assert(
      fc.property(anyFact, fc.nat(), (fact, where) => {
        const body = encode(stamp, fact);
        expect(() => decode(body.subarray(0, where % body.length))).toThrow();
        expect(() => decode(Buffer.concat([body, Buffer.from([0])]))).toThrow("trailing");
        expect(() => decode(Buffer.concat([Buffer.from([2]), body.subarray(1)]))).toThrow("version 1");
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test.each([1.5, Number.NaN, 2 ** 53, "1", null])(
    "a number that is not whole and safe is a broken invariant: %p",
    (minutes) => {
      expect(() => encode(stamp, { ...sample("TRANSFER"), minutes } as unknown as Fact)).toThrow();
    },
  );
});
