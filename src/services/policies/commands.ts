import { anyOf, command, day, json, key, openText, optional, text } from "../bank/fields";

export const policyFilter = command(
  "PolicyFilter",
  "Lists only the versions of rules that fit; a field left out does not filter.",
  {
    on: optional(day("Lists only versions that are in force on this civil day.")),
    key: anyOf(text({ most: 200 }, "The key of a rule."), "Lists only versions of these rules, by their keys."),
  },
);

export const setPolicy = command(
  "SetPolicyInput",
  "Sets a new version of a rule, which holds from today or a later day.",
  {
    idempotencyKey: key(),
    key: text({ most: 200 }, "The key of the rule, such as `credit.granularityMinutes`."),
    value: json("The value that the rule has from that day on, in the shape that the rule asks for."),
    effectiveFrom: day("The first civil day on which it holds; not before today (POLICY_RETROACTIVE)."),
    citation: openText({ most: 500, least: 2 }, "The clause or document from which the value is taken."),
  },
);
