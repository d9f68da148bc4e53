import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, type GraphQLSchema } from "graphql";

/**
 * The servers that ours is compared with, each in a process of its own: `node peers.js NAME SCHEMA ANSWER`. All answer what we
 * answered, from memory; they know no token, no limit and no log.
 */
const peers: Record<string, (schema: () => GraphQLSchema, answer: string) => Promise<string>> = {
  /** The floor that no server of Node's is below: the same bytes, without a question being read. */
  async "bare node:http"(_schema, answer) {
    const server = createServer((request, response) => {
      request.resume();
      request.once("end", () => {
        response.writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-length": Buffer.byteLength(answer),
        });
        response.end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  },

  async "mercurius with JIT"(schema) {
    const { fastify } = await import("fastify");
    const { default: mercurius } = await import("mercurius");
    const app = fastify();
    await app.register(mercurius, { schema: schema(), jit: 1 });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
  },

  async "Apollo Server"(schema) {
    const { ApolloServer } = await import("@apollo/server");
    const { startStandaloneServer } = await import("@apollo/server/standalone");
    const { url } = await startStandaloneServer(new ApolloServer({ schema: schema() }), {
      listen: { port: 0, host: "127.0.0.1" },
    });
    return url;
  },

  async "graphql-yoga"(schema) {
    const { createYoga } = await import("graphql-yoga");
    const server = createServer(createYoga({ schema: schema(), logging: false }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  },
};

export const peerNames = Object.keys(peers);

/** Our schema, whose root fields answer what we answered. */
function schemaOf(sdl: string, answer: string): GraphQLSchema {
  const schema = buildSchema(sdl);
  const { data } = JSON.parse(answer) as { data: Record<string, unknown> };
  const root = schema.getQueryType()?.getFields() ?? {};
  for (const [name, value] of Object.entries(data)) if (root[name]) root[name].resolve = () => value;
  return schema;
}

if (require.main === module) {
  const [name = "", schemaFile = "", answerFile = ""] = process.argv.slice(2);
  const answer = readFileSync(answerFile, "utf8");
  const schema = () => schemaOf(readFileSync(schemaFile, "utf8"), answer);
  peers[name]?.(schema, answer).then(
    (url) => process.send?.({ url }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
}
