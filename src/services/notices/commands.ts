import { command, flag, id, list, optional } from "../bank/fields";

export const noticeFilter = command("NoticeFilter", "Which notices; a field left out does not filter.", {
  unread: optional(flag("Only those not read, or only those read.")),
});

export const markNoticesRead = command("MarkNoticesReadInput", "Notices that you have read.", {
  noticeIds: list(
    id("Which notices, by their ids; at most 200."),
    { most: 1000 },
    "Which notices, by their ids; at most 200.",
  ),
});
