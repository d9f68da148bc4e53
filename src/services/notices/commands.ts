import { command, flag, id, list, optional } from "../bank/fields";

export const noticeFilter = command(
  "NoticeFilter",
  "Lists only the notices that fit; a field left out does not filter.",
  {
    unread: optional(flag("True lists only unread notices; false lists only those that you have marked as read.")),
  },
);

export const markNoticesRead = command("MarkNoticesReadInput", "Marks notices as read.", {
  noticeIds: list(
    id("The ids of the notices, of which there are at most 200."),
    { most: 1000 },
    "The ids of the notices, of which there are at most 200.",
  ),
});
