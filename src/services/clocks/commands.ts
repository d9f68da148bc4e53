import { clockKinds, clockStates } from "../../domain/clocks";
import { choices, command, optional, text } from "../bank/fields";

export const statutoryClockFilter = command("StatutoryClockFilter", "Which clocks; a field left out does not filter.", {
  state: choices(clockStates, "In any of these states; met ones are on no list."),
  kind: choices(clockKinds, "Any of these kinds of clocks."),
  divisionCode: optional(
    text({ most: 200 }, "Of organisations in this division or below, by its code or official code."),
  ),
});
