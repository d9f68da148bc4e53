import type { Sentences } from "./sentence";

export const people: Sentences = {
  INVITATION_EXPIRED: [{ en: "It was valid until {expiredAt}.", zh: "有效期到{expiredAt}为止。" }],
  INVITATION_INVALID: [{ en: "Tries that are left within this hour: {left}.", zh: "一小时内还可再试 {left} 次。" }],
  NAME_INVALID: [
    { en: "Expected: {personal}.", zh: "{personal}。" },
    {
      when: { unreadable: true },
      en: "It contains a character that other computers cannot show; type it again.",
      zh: "其中含有自造字或乱码，其他电脑无法显示，请重新输入该字。",
    },
  ],
  ID_NUMBER_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PHONE_INVALID: [{ en: "{reason}", zh: "{reason}。" }],
  PAPERS_DISAGREE: [{ en: "These differ: {disagree}.", zh: "不一致之处：{disagree}。" }],
  GUARDIAN_CONSENT_MISSING: [
    {
      whole: true,
      en: "A person below the age of {adultAge} needs a guardian's consent.",
      zh: "未满 {adultAge} 周岁须经监护人同意。",
    },
    {
      whole: true,
      en: "An adult must come along with a minor below the age of {age}.",
      zh: "未满 {age} 周岁须有成年人陪同参加。",
    },
  ],
  MINOR_NOT_ADMITTED: [
    {
      whole: true,
      en: "This activity is not open to people below the age of {adultAge}.",
      zh: "该活动不接受未满 {adultAge} 周岁的未成年人参加。",
    },
    {
      whole: true,
      en: "Nobody below the age of {aloneFrom} goes to a person who needs help alone.",
      zh: "未满 {aloneFrom} 周岁不能单独上门服务，不能接单。",
    },
  ],
  TRAINING_MISSING: [
    {
      whole: true,
      en: "The last term has {earnedHours} hours of training; {requiredHours} are required.",
      zh: "上一登记周期已修 {earnedHours} 学时，须满 {requiredHours} 学时。",
    },
  ],
  ANSWER_PENDING: [
    {
      whole: true,
      en: "The subject may still answer the notice: until {answerBy}.",
      zh: "当事人可在{answerBy}前陈述申辩，期满后再办理。",
    },
  ],
  RECIPIENT_DECEASED: [
    {
      whole: true,
      en: "A visit on {on} found that this person had died; take that visit back if it was entered by mistake.",
      zh: "{on}的探访登记其已去世；如系误登，请先撤回那次探访。",
    },
    {
      whole: true,
      en: "The death of this person was recorded on {recordedOn}, as that of a volunteer; an officer can take that back.",
      zh: "{recordedOn}已登记此人（志愿者）去世；如系误登，请由民政干部撤销。",
    },
  ],
  VISITED_SINCE: [
    {
      whole: true,
      en: "A later visit, on {on}, met this person; take that visit back if it was entered by mistake.",
      zh: "{on}的探访见到了本人；如系误登，请先撤回那次探访。",
    },
  ],
  STILL_ACTIVE: [
    {
      whole: true,
      en: "This person still takes part in something: {kinds}. End that first.",
      zh: "此人还有未办结的事项：{kinds}。请先办结。",
    },
  ],
};
