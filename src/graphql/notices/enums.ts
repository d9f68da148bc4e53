import { noticeKinds } from "../../domain/notices";
import { closed } from "../kit/enums";

export const NoticeKind = closed("NoticeKind", "What a notice is about.", noticeKinds, {
  ACTIVITY: "Something happened to one of your sign-ups.",
  GUARDIAN_CONSENT_ASKED: "A minor whom you answer for wants to take part.",
  CREDIT_RECORD: "Somebody took a step with a credit record about you.",
  RATING: "An officer took a step to bring a rating of your organisation down.",
  IDENTITY: "A way to sign in became yours, or ended.",
  REGISTRATION: "Somebody took a step with your registration as a volunteer, or corrected it.",
  TIE: "Another person noted that you let an organisation see you, or that you do not.",
  RECORD_LOGGED: "An organisation recorded a service of yours, or of a minor's whom you answer for.",
  ROLE: "Another person ended a role of yours.",
  POST: "Another person ended a paid post of yours.",
  GUARDIANSHIP: "Another person ended a guardianship of which you were the guardian or the minor.",
});
export type NoticeKind = keyof typeof NoticeKind;
