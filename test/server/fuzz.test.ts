import fc from "fast-check";
import type { Edge } from "../../src/server/http";
import { openEdge, post } from "./harness";

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge.close());

const documents = fc
  .array(
    fc.constantFrom(
      ...'{ } ( ) [ ] : $ ! ... on fragment query subscription mutation hello echo node name next @skip "'.split(" "),
      "text:",
      "F",
      "\u0000",
      "\ud800",
      "🌾",
    ),
    { maxLength: 40 },
  )
  .map((words) => words.join(" "));

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
  fc.record(
    {
      query: fc.oneof(documents, fc.jsonValue()),
      variables: fc.jsonValue(),
      operationName: fc.jsonValue(),
      extensions: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.record({ query: documents }),
);

test("whatever is posted, the answer is data or a code, never a fault", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom("", "text/event-stream"), async (body, accept) => {
      const { status, body: answer } = await post(edge, body, accept ? { accept } : {});
      expect(status).not.toBe(500);
      if (typeof answer === "string") return expect(answer).not.toContain("INTERNAL");
      for (const { extensions } of answer.errors ?? []) {
        expect(extensions).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), requestId: expect.any(String) });
        expect(extensions.code).not.toBe("INTERNAL");
      }
      if (!answer.errors) expect(answer.data).toBeDefined();
    }),
    { numRuns: 150 },
  );
  expect((await post(edge, { query: "{ hello }" })).body.data.hello).toBe("hello");
});
