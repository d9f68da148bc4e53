import { type Command, InvalidArgumentError, Option } from "commander";
import { Stop, type Terminal } from "../cli/output";
import { withBank } from "./bank";

export function signingIn(program: Command, terminal: Terminal): void {
  program
    .command("token")
    .description("Prints a token of the demo bank for a person who holds the role, and prints nothing else.")
    .addOption(
      new Option("--as <role>", "the role that the person holds")
        .choices([
          "volunteer",
          "recipient",
          "station-worker",
          "station-supervisor",
          "organization-admin",
          "activity-lead",
          "officer",
          "assessor",
          "reviewer",
          "auditor",
        ])
        .makeOptionMandatory(),
    )
    .option("--organization <slug>", "the organisation at which the person holds the role")
    .option("--volunteer-no <number>", "the volunteer with this number")
    .option("--nth <k>", "the k-th person who holds the role, from 1", ordinal, 1)
    .action((holder: { as: string; organization?: string; volunteerNo?: string; nth: number }) =>
      withBank(terminal, async ({ options }, config) => {
        const { issuer, audience, clock } = config;
        if (!config.demo || issuer === null) throw new Stop("tokens of this bank come from its issuer");
        const [{ personFor }, { demoKeyPair, issueToken }] = [
          await import("../cli/token"),
          await import("../server/identity"),
        ];
        const { privateKey } = demoKeyPair(config.secret.toString("hex"));
        const subject = await personFor(options.store.view, holder);
        terminal.print(await issueToken({ privateKey, issuer, audience, subject, clock, ttlSeconds: 86_400 }));
      }),
    );
}

function ordinal(text: string): number {
  const nth = Number(text);
  if (!Number.isSafeInteger(nth) || nth < 1) throw new InvalidArgumentError("It is a whole number from 1.");
  return nth;
}
