import { noticeKinds } from "../../domain/notices";
import { closed } from "../kit/enums";

export const NoticeKind = closed("NoticeKind", "The kind of event that a notice is about.", noticeKinds, {
  ACTIVITY: "Something happened to one of your sign-ups.",
  GUARDIAN_CONSENT_ASKED: "A minor whose guardian you are wants to take part in an activity.",
  CREDIT_RECORD: "A step was taken with a credit record about you.",
  RATING: "An officer took a step to lower a rating of your organisation.",
  IDENTITY: "A way to sign in became yours, or ended.",
  REGISTRATION: "A step was taken with your registration as a volunteer, or it was corrected.",
  TIE: "Another person entered that you let an organisation see you, or that you do not.",
  RECORD_LOGGED: "An organisation recorded a service of yours, or of a minor whose guardian you are.",
  ROLE: "Another person ended a role of yours.",
  POST: "Another person ended a paid post of yours.",
  ORDER: "A step was taken with an order of yours, or an order was offered to you.",
  PROXY: "A step was taken with a family proxy of which you are a side.",
  GUARDIANSHIP: "Another person ended a guardianship of which you were the guardian or the minor.",
  STAR: "A step was taken with a star of yours.",
});
export type NoticeKind = keyof typeof NoticeKind;
