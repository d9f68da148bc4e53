import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Fact, type JournalKind, journalKinds, shapes } from "../../../src/domain/facts";
import type { Word } from "../../../src/domain/facts/words";
import { decode, encode, leafHash } from "../../../src/domain/ledger/journal";

const stamp = {
  seq: 7,
  recordedAt: 1_789_866_000_000_001,
  at: 1_789_866_000_000,
  origin: "test.example/枫桥",
  actor: "person_1",
};

/** One value for each word, the same for every kind: the vectors below must never change. */
function sampleOf(word: Word): unknown {
  if (word.is === "list") return [sampleOf(word.of)];
  if (word.is === "oneOf") return word.values.at(-1);
  if (word.is === "flag") return true;
  if (word.is === "bytes") return new Uint8Array([1, 2]);
  if (word.is === "json") return [{ b: 1, a: "政策" }];
  if (word.is === "int" || word.is === "count" || word.is === "instant") return 90;
  return word.optional ? null : "善时";
}
const sample = (kind: JournalKind): Fact =>
  ({
    type: kind,
    ...Object.fromEntries(Object.entries<Word>(shapes[kind].fields).map(([name, word]) => [name, sampleOf(word)])),
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
  "ACCOUNT_OPENED": "7337769df0909bb24ed4708e0abbce21a088502dfebd8ba26432291f4dad72ee",
  "ACTIVITY_STEP": "3075e0ca49dca43a3c82ccc9eea6c267a9fc194c5b33dd04173eac0004eee476",
  "ATTENDANCE_STEP": "b11d543645129d3da346663d811e5de2d149b8fbcaf94a83334bd349f840477b",
  "AWARD_SET": "bd5c6079f245c31376cb928c80c0e8db2efc25817d195932d23eead062a09e3c",
  "BANK_OPENED": "eab38dbe86abd53c23f9cb7799d79af3315463cb72a4bc74ef86d1d079015412",
  "CALENDAR_SET": "c7298eefd2dd98cb08054af89e7079adb8248d294da5057e2f9ed7a21782ab1f",
  "CAMPAIGN_MOVED": "2e43fd422cf0a09232b0a6d7feee750efaeb411a042a29f7583975c16baaf9f0",
  "CAMPAIGN_SET": "b2dab82e65317e7a30a724ff41776aeadc73a9ea431ec08d9d39c9a6181824c3",
  "CREDIT_FILE_READ": "16c4417b2f675d2ff853cd2256f0917ac3969fee5477f5c0776ae8e04b45a298",
  "CREDIT_RECORD_STEP": "e08c02e9cd8f7c7b63284aa5d4d72bf0963c086e18d9f76c723ac75ed0b4ba40",
  "DIVISION_STEP": "b3533463635a8b84bf52e7aceef44142994da15d28347d126780479e078a2d08",
  "FEEDBACK_GIVEN": "45d4b7bc2b4dc137139fbe558be6028eca4edf8448f0059f7db73caba0ae17bc",
  "FINDING_SET": "16a49787cc82edd5f4fc3b8bf19217390a056a6a88c0a2c32e7157aea4321e04",
  "FUNDRAISING_SET": "1f17191d29d8c14b2d3e3c3c9f5a764be97e3a40e08556279cc8bbc3636df2e5",
  "GRANT_STEP": "9db6ead1eeb314e443fb014ba6abbb137ef547a2847f43870fe543fd887d377d",
  "GUARDIAN_SET": "9b8b80e433bc08961d2852db1e95e725c3a6bdecdde84c7762117d9b256cfa35",
  "HEAD_STEP": "8f2113062b6df063967d671686c1a396561972a7d4379f19447c7e0249630dac",
  "HOUSEHOLD_MOVED": "d189b853055dcd7ac30d435e20168a548b2ff44f89f609a525088d9fb5ec0ae6",
  "HOUSEHOLD_QUARTER_SET": "905200286623f4a86a5ed424c09a583b9663dfc8bd25765ec325d44663ce57d4",
  "HOUSEHOLD_SET": "21b226b14fa9ff8d7035e9cc8c2f56606bdcc115cecabca9490d41a226658127",
  "IDENTITY_STEP": "629267ba7b497d67f2f27cb4ed09cf17ed786d8fa7a4df3bd11ffa090413a42c",
  "INVITATION_STEP": "d5404a7cceb22f21abc6ee759fe29f3616db565daab7f111dd995c01b53f6647",
  "LISTING_ENDED": "5038777def58f5110ae1dfec1a5541c515e0805302035d62b1e7bf2174288d0b",
  "MERGING_ENDED": "388ed653eaf2bdd0cbc6d5a8d964ed7aebfa05ed40332303b128146a55be40c0",
  "MONTH_REPORTED": "6ca5f358520fd6a309bb21a48eebde4458600524aa589c037c85fa2abc385da2",
  "ORGANIZATION_MOVED": "46009eb9ee6071152b49101216344eda55c6efb2ac6fedea054ef0574e92fedb",
  "ORGANIZATION_PROFILE_SET": "152ad364e1c29804b9127b86751a188af1d5e1e65df4299b3ee51fe6d47daadf",
  "ORGANIZATION_STEP": "fba593b562dc458b169dd3b92cd1c7bd5aa0331f8c1c8280038bd069ef659fb4",
  "PEOPLE_MERGED": "9ea086142354d97130a7375a4e6592e6ff9e1c84bddf34354ff500a80fcb4aac",
  "PERSON_ERASED": "bdf936a67bffadd2b8844434a3610b3c4d78cc05c0a3a86d10df3cbc3748fa41",
  "PERSON_EXPORTED": "b14a1c95349855080ef15e34639cbc6403567e09e9ab0b599e2ba05463532864",
  "PERSON_SEPARATED": "71689a95debc3a07371294f0ad7bdf87547dce16feca7b706bb55ce52afeb6e8",
  "POLICY_SET": "d56bc304f972f10c06cd0126955044d41f0c14866792941480accfbfb720e8d2",
  "POST_SET": "aec69f05ac7a94e940fbbc8e9e9b501070e16eca3931d8bd3e1d7029415532fb",
  "RATING_DOWNGRADE_STEP": "4b6d6c3db9846c07bd5a72390f36161a715a2a1a2726fb2e2fb33f401770df01",
  "RATING_ROUND_OPENED": "ec60f017381a5c9e142e20c4ed0ad173bfcd9434a2e1797f17c41c92d91b3a77",
  "RATING_SHEET_SET": "325e4698340edc1561a06660e58decd01df011269c2209d3aaf6b1a6e3f6c2da",
  "RATING_STEP": "9d7925e47e808e2d2581d6b1e3aa7fcffad410d9abec9dddedd2396e0ee84cf9",
  "RATING_VOTED": "69de3967a84f101e92ec61934fb1a9808eef0de27c36afe49043d1b369053dee",
  "RECIPIENT_MOVED": "ab622d677e897b1c5a8065a75fee193688aa24c389edc59260b6e940b0722375",
  "RECIPIENT_SET": "3e7304316838be47cfabf6f68f0364e8960084e4e9de6d4f2bb63a50f479b746",
  "RECORD_STEP": "696bfc974d3a5a5b10c9df2e2d9a31ec9d3290738c921d205fc01f19484ad79a",
  "SEALED": "042d00d5ef74c11141b16950e74b2309fddd2a428fc8add9f4f7d3c2ec18d96b",
  "SEALED_ANEW": "6b8c053e760534eb033da99abe009e0f52f25954061d256054365497f7e5b10e",
  "SHIFT_SET": "79c85e2db0366427ff5f9516eaf10d693b10a238ebee7dd37e466f8e31dcea41",
  "SIGN_UP_STEP": "a30065a7f3d55de157aa876055f2766aefa36e3af59b66c5bea7ddffe636d83f",
  "SOCIAL_WORKER_MOVED": "efaf428fbdd65d42833430d936c483e19b33d37a137cc16d1210f39d4d67c45b",
  "SOCIAL_WORKER_SET": "215618fc7778b199306f70dd000fe39c12226b45bdcdae32857285cd734177a0",
  "SPOT_CHECK_STEP": "ca55caae97621bc73f8e5d625985e8050576b0fcba84e4ae6eb68292be335333",
  "SPOT_SEED_SET": "ab9080754d64cc87b3d17cbc9de031f807026c54c7e1536bb410bbed778db92f",
  "STAFF_SET": "f87fd72629a6bea94aed53cf9f975dd698fd21e0993db3765221fed8cf83a0c7",
  "TIE_STEP": "8e8a2d249e14f02d3c6f19fa90de8fb60dee1e598800e0dc4cd5ca4d26996a4c",
  "TRAINING_SET": "102ac36b5bfdef729e6e6773161ed19059c18fa5949fbce4aca7630444e00c19",
  "TRANSFER": "d9cc0f1e9a4a78c43fc94e8c9b398d1bd41d9a5f5fa8af2577a2cee54680388a",
  "VILLAGE_POINTS_SET": "8e879c4228a03779097af855f36a638d65633ca9ea397b950ae24f65c04680b3",
  "VISIT_SET": "9e4f40ab435aae670e36b4271cd37cdd5b22d82ca36b1c5c9322f8fe6a226f0e",
  "VOLUNTEER_MOVED": "5cf27a02f6e341d67481ee4e632811fab19e45096659f36122018ebbd8d26d23",
  "VOLUNTEER_STEP": "0a2151d884e1e5acaf32893d8b43f4782983c2471fb2b9e0717d9788177ffbc6",
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

  const plain = fc.string({ unit: "grapheme" });
  function anyValue(word: Word): fc.Arbitrary<unknown> {
    if (word.optional) return fc.option(anyValue({ ...word, optional: false }));
    if (word.is === "list") return fc.array(anyValue(word.of), { maxLength: 4 });
    if (word.is === "oneOf") return fc.constantFrom(...word.values);
    if (word.is === "flag") return fc.boolean();
    if (word.is === "bytes") return fc.uint8Array({ maxLength: 40 });
    if (word.is === "json")
      return fc
        .jsonValue()
        .filter((value) => JSON.stringify(value) !== undefined && !JSON.stringify(value).includes("-0"));
    if (word.is === "int" || word.is === "instant") return fc.maxSafeInteger();
    if (word.is === "count") return fc.maxSafeNat();
    return plain;
  }
  const anyFact = fc
    .constantFrom(...journalKinds)
    .chain((kind) =>
      fc
        .record(
          Object.fromEntries(Object.entries<Word>(shapes[kind].fields).map(([name, word]) => [name, anyValue(word)])),
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
