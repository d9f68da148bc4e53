import { command, key, month } from "../bank/fields";

export const reportMonth = command("ReportMonthInput", "A month that is over.", {
  idempotencyKey: key(),
  month: month("Which month, by Asia/Shanghai."),
});
