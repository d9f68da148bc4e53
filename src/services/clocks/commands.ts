import { clockKinds, clockStates } from "../../domain/clocks";
import { choices, command, optional, text } from "../bank/fields";

export const statutoryClockFilter = command(
  "StatutoryClockFilter",
  "Lists only the clocks that fit; a field left out does not filter.",
  {
    state: choices(clockStates, "Lists only clocks in any of these states; clocks that are met are on no list."),
    kind: choices(clockKinds, "Lists only clocks of any of these kinds."),
    divisionCode: optional(
      text(
        { most: 200 },
        "Lists only clocks of organisations in this division or below, by its code or official code.",
      ),
    ),
  },
);
