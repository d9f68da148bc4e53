import { command, day, json, key, list, openText, optional, text } from "../bank/fields";

export const policyFilter = command("PolicyFilter", "Which policies; a field left out does not filter.", {
  on: optional(day("Only versions in force on this day.")),
  key: optional(
    list(text({ most: 200 }, "Only these rules, by their keys."), { most: 1000 }, "Only these rules, by their keys."),
  ),
});

export const setPolicy = command("SetPolicyInput", "A new version of a rule, from today on or later.", {
  idempotencyKey: key(),
  key: text({ most: 200 }, "Which rule, by its key."),
  value: json("The value it has from that day."),
  effectiveFrom: day("The first day it holds; never before today."),
  citation: openText({ most: 500, least: 2 }, "The clause or document that the value is taken from."),
});
