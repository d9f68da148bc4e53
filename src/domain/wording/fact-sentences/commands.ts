import type { Sentences } from "./sentence";

export const commands: Sentences = {
  INVALID_INPUT: [
    { when: { missing: true }, en: "It is missing.", zh: "此项必填。" },
    { when: { controlCharacters: true }, en: "It contains invisible characters.", zh: "其中含有不可见字符。" },
    {
      when: { unreadable: true },
      en: "It contains a character that other computers cannot show; type it again.",
      zh: "其中含有自造字或乱码，其他电脑无法显示，请重新输入该字。",
    },
    {
      when: { severalLines: true },
      en: "It must be one line, without characters that turn its direction.",
      zh: "须为一行文字，不能换行，也不能含有改变文字方向的字符。",
    },
    { when: { repeated: true }, en: "It is given twice.", zh: "内容重复。" },
    { en: "", zh: "{personal}。", covers: ["expected"] },
    { when: { organizationNeeded: true }, en: "This role is held at an organisation.", zh: "这一岗位须填写组织。" },
    {
      when: { organizationNeeded: false },
      en: "This role is held at no organisation.",
      zh: "这一岗位不属于任何组织。",
    },
    { en: "Expected: {expected}.", zh: "应为{expected}。" },
    { en: "Expected: a plan that {filedBy} filed.", zh: "应为 {filedBy} 备案的方案。" },
    { en: "Give one of {oneOf}.", zh: "请填写其中之一：{oneOf}。" },
    { en: "It needs {needs}.", zh: "还须填写 {needs}。" },
    { en: "It must be one of {known}.", zh: "可填：{known}。" },
    { en: "Expected: {least} to {most} {unit}.", zh: "应为 {least} 至 {most} {unit}。" },
    { en: "Expected: at most {most} {unit}.", zh: "最多 {most} {unit}。" },
    { en: "It must be from {least} to {most}.", zh: "应在 {least} 至 {most} 之间。" },
    { en: "It must be at most {most}.", zh: "不能超过 {most}。" },
    { en: "It must be at least {least}.", zh: "不能少于 {least}。" },
    { en: "It must be at most {bytesMax} bytes long.", zh: "" },
    { en: "It may last at most {monthsMost} months.", zh: "最长 {monthsMost} 个月。" },
    { en: "It must be a day from {from} to {until}.", zh: "须为{from}至{until}之间的日期。" },
    { en: "It must be {from} or later.", zh: "最早为{from}。" },
    { en: "A volunteer must be at least {leastAge} years old.", zh: "志愿者须年满 {leastAge} 周岁，请核对出生日期。" },
  ],
  ILLEGAL_TRANSITION: [
    {
      whole: true,
      en: "It is {from} now; this step is not possible: {action}.",
      zh: "目前是“{from}”，不能办理“{action}”。",
    },
    {
      whole: true,
      en: "This record belongs to an order, and the step is taken with the order: {orderId}.",
      zh: "该记录属于订单，请在订单中办理（{orderId}）。",
    },
    { en: "The step was: {action}.", zh: "要办理的是“{action}”。" },
    { en: "Each side speaks once; already heard: {heard}.", zh: "每方只能陈述一次，已有{heard}的陈述。" },
    { en: "The notice ran until {noticeUntil}.", zh: "公示已于{noticeUntil}结束。" },
    { en: "Recusals that are not decided: {recusalsUndecided}.", zh: "尚有 {recusalsUndecided} 项回避申请未决定。" },
  ],
  VERSION_CONFLICT: [{ en: "Its version is {version} now.", zh: "当前版本为 {version}。" }],
  BATCH_TOO_LARGE: [
    {
      whole: true,
      en: "A batch holds {least} to {most} lines; this one has {entries}.",
      zh: "每批 {least} 至 {most} 条，本批 {entries} 条。",
    },
    { en: "One batch holds at most {most} lines.", zh: "每批最多 {most} 条。" },
  ],
  IN_THE_FUTURE: [
    { en: "Today is {today}.", zh: "今天是{today}。" },
    { en: "It is {now}.", zh: "现在是{now}。" },
    { en: "It ends at {endsAt}.", zh: "结束时间为{endsAt}。" },
    { en: "The help is needed from {neededFrom} on.", zh: "服务时间自{neededFrom}开始。" },
  ],
  POLICY_RETROACTIVE: [
    {
      whole: true,
      en: "A policy cannot begin before today, which is {today}.",
      zh: "规定不能早于今天（{today}）生效。",
    },
  ],
  TOO_MANY_TRIES: [
    {
      whole: true,
      en: "There were too many tries; try again in {minutes} min.",
      zh: "尝试次数过多，请 {minutes} 分钟后再试。",
    },
    {
      whole: true,
      en: "There were too many tries; try again in {retryAfter} min.",
      zh: "尝试次数过多，请 {retryAfter} 分钟后再试。",
    },
  ],
};
