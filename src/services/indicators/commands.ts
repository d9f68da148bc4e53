import { command, key, month } from "../bank/fields";

export const reportMonth = command("ReportMonthInput", "Closes a month that is over, and reports its figures.", {
  idempotencyKey: key(),
  month: month("The calendar month, in Asia/Shanghai."),
});
