import type { Text } from "../../kit/language";
import type { RefusalCode } from "../../kit/refusal";
import { unitWords } from "../../kit/units";
import { personalTexts } from "../../people/numbers";
import { paperFaults } from "../../people/papers";
import { phoneFaults } from "../../people/phones";
import { unfinishedLabels } from "../../people/unfinished";
import { accountLabels } from "../accounts";
import { actionWords, stateWords } from "../machines";
import { expectations } from "./expectations";

/** The words for facts whose values are codes. They stand by refusal, since two refusals may use one name for different facts. */
export const factWords: Partial<Record<RefusalCode, Readonly<Record<string, Readonly<Record<string, Text>>>>>> = {
  ILLEGAL_TRANSITION: {
    from: stateWords,
    action: actionWords,
    heard: {
      AS_RECIPIENT: { zh: "服务对象一方", en: "the recipient's side" },
      AS_VOLUNTEER: { zh: "志愿者一方", en: "the volunteer's side" },
    },
  },
  NO_CLAIM: { payFrom: accountLabels },
  INVALID_INPUT: { personal: personalTexts, unit: unitWords, expected: expectations },
  ORGANIZATION_INACTIVE: { state: stateWords },
  SIGN_UP_CLOSED: { state: stateWords },
  NAME_INVALID: { personal: personalTexts },
  ID_NUMBER_INVALID: { reason: paperFaults },
  PHONE_INVALID: { reason: phoneFaults },
  SELF_CONFIRMATION: {
    near: {
      WARD: { zh: "您所监护的人", en: "a minor whose guardian you are" },
      GUARDIAN: { zh: "您的监护人", en: "your guardian" },
      HOUSEHOLD: { zh: "您的家庭成员", en: "a member of your household" },
      ELDER: { zh: "您所代理的老人", en: "an elder whose family proxy you are" },
    },
  },
  STAR_AUTHORITY: {
    authority: {
      COUNTY: { zh: "县级", en: "the county" },
      PREFECTURE: { zh: "设区市", en: "the prefecture" },
      PROVINCE: { zh: "省级", en: "the province" },
    },
  },
  STILL_ACTIVE: { kinds: unfinishedLabels },
  ACTIVITY_INCOMPLETE: {
    missing: {
      riskNotice: { zh: "风险提示", en: "the notice of risks" },
      contact: { zh: "咨询方式", en: "the contact for questions" },
      insurance: { zh: "保险", en: "the insurance" },
      agreement: { zh: "志愿服务协议", en: "the agreement with volunteers" },
    },
  },
  PAPERS_DISAGREE: {
    disagree: {
      name: { zh: "姓名", en: "the name" },
      birthDate: { zh: "出生日期", en: "the birth date" },
      idNumber: { zh: "证件号码", en: "the ID number" },
      guardian: { zh: "监护关系", en: "the guardianship" },
    },
  },
};
