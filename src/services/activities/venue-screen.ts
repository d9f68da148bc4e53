import { type CheckInCode, checkCode, codeOf, slotOf } from "../../domain/activities/attendance";
import { standingStates } from "../../domain/activities/signups";
import type { Shift, SignUpState } from "../../domain/facts/activities";
import type { Volunteer } from "../../domain/facts/people";
import type { Instant } from "../../domain/kit/calendar";
import { Refusal, refuse } from "../../domain/kit/refusal";
import { readNumber } from "../../domain/people/numbers";
import { knowsPhone } from "../../domain/people/phones";
import { giveTryBack, type Tried, takeCodeTry, takeTry, triesKeptSince } from "../../domain/people/tries";
import { maskName, type Profile } from "../../domain/people/volunteers";
import type { Actor } from "../../domain/permissions/actors";
import type { Tx, View } from "../../storage/store";
import type { Bank } from "../bank";
import type { CheckInput, ReopenInput } from "./commands";
import type { Register } from "./register";

/**
 * What a volunteer types at a venue's screen: the volunteer's number, or at least four of its last digits where one number on
 * the list ends so, and the last two digits of the phone.
 */
export interface ScreenVisitor {
  shiftId: string;
  volunteerNo: string;
  phoneEnds?: string | null;
}
/** What a venue's screen shows, and who types at it: its codes are looked at and numbers are told apart, each try counted. */
export class VenueScreen {
  private readonly bank: Bank;

  constructor(private readonly register: Register) {
    this.bank = register.bank;
  }

  /** What the venue's screen shows now, for the activity's own organisation. */
  async code(actor: Actor, shiftId: string): Promise<CheckInCode> {
    const view = this.bank.store.view;
    const { activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    return codeOf(this.key(shiftId), slotOf(this.bank.clock()));
  }

  /** The masked name of the volunteer who typed a number. VOLUNTEER_NOT_FOUND for an unknown number, NOT_SIGNED_UP for a volunteer who is not on the list. */
  async nameAtScreen(actor: Actor, input: ScreenVisitor): Promise<string> {
    return (await this.visitorAtScreen(actor, input)).name;
  }

  /** The same person with their place on the list, so that the screen offers what they can do. */
  async visitorAtScreen(actor: Actor, input: ScreenVisitor): Promise<{ name: string; state: SignUpState }> {
    const { profile, signUp } = await this.atScreen(actor, input);
    return { name: maskName(profile.displayName), state: signUp.state };
  }

  /** The input with the whole number of a volunteer who typed its end at a screen. */
  async named<T extends ReopenInput>(actor: Actor, input: T): Promise<T> {
    if (!input.kiosk) return input;
    const { volunteer } = await this.atScreen(actor, { ...input, volunteerNo: numberOf(input) });
    return { ...input, volunteerNo: volunteer.volunteerNo };
  }

  /** Looked at and counted in one breath, where commands stand in line, for all processes: right codes are tries too. */
  async checkCode(tx: Tx, actor: Actor, input: CheckInput, at: Instant) {
    const key = `code ${actor.personId}`;
    await this.count(tx, key, (before) => takeCodeTry(before, tx.now));
    try {
      return checkCode(this.key(input.shiftId), { ...input, token: tokenOf(input.token) }, at, input.at != null);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  /**
   * The volunteer who typed a number at a screen that nobody watches. The volunteer must be on the shift's list, and type the
   * last two digits of the phone. An unknown number and wrong digits are refused alike. A volunteer with the whole number and
   * the right digits, but without a sign-up, hears that, and no name. Each try is counted before it is looked at, and given
   * back where it was right, so that numbers cannot be tried one by one; all processes share the count.
   */
  private async atScreen(actor: Actor, { shiftId, volunteerNo, phoneEnds }: ScreenVisitor) {
    const view = this.bank.store.view;
    const { shift, activity } = await this.register.shift(view, shiftId);
    await this.register.permit(view, actor, "attendance.tick", activity);
    const key = `screen ${shift.id}`;
    const count = (change: (before: Tried | null) => Tried) =>
      this.bank.store.write((tx) => this.count(tx, key, change));
    await count((before) => takeTry(before, this.bank.clock()));
    const volunteer = (await view.volunteerByNo(volunteerNo)) ?? (await this.endingSo(view, shift, volunteerNo));
    const signUp = volunteer && (await view.signUpsForShifts(volunteer.id, [shift.id])).get(shift.id);
    // Opened also where nobody is meant, so that it takes as long.
    const profileId = volunteer?.profileId ?? null;
    const profile = (await this.bank.vault.open<Profile>(view, [profileId])).get(profileId ?? "");
    const proven = volunteer?.state === "ACTIVE" && phoneEnds != null;
    const listed = signUp !== undefined && standingStates.includes(signUp.state);
    if (!volunteer || !profile || !knowsPhone(profile.phone, phoneEnds) || !(listed || proven))
      return refuse("VOLUNTEER_NOT_FOUND", {}, ["volunteerNo"]);
    await count((before) => (before === null ? takeTry(null, this.bank.clock()) : giveTryBack(before)));
    return listed ? { volunteer, profile, signUp } : refuse("NOT_SIGNED_UP", {}, ["volunteerNo"]);
  }

  /**
   * The one person on the shift's list whose number ends in these digits. Where two do, it is neither: a try is for one
   * person, or the end of a number would be guessed twice at once.
   */
  private async endingSo(view: View, { id }: Shift, typed: string): Promise<Volunteer | undefined> {
    const digits = readNumber(typed);
    if (!/^\d+$/.test(digits) || digits.length < endingLeast) return undefined;
    const listed = await view.signUpsOfShift(id, standingStates, { first: 2, after: null }, digits);
    const [only] = new Set(listed.map(({ volunteerId }) => volunteerId)).size === 1 ? listed : [];
    return only && (await view.volunteers([only.volunteerId])).get(only.volunteerId);
  }

  private async count(tx: Tx, key: string, change: (before: Tried | null) => Tried): Promise<void> {
    await tx.setTried(key, change((await tx.tried(key)) ?? null), triesKeptSince(tx.now));
  }

  private key(shiftId: string): Buffer {
    return Buffer.from(this.bank.vault.hash("check-in", shiftId), "hex");
  }
}

/** So many of the last digits of a number are enough at a screen, where they are one person's. */
const endingLeast = 4;

/** A kiosk's visitor types a number. */
function numberOf({ volunteerNo }: Pick<CheckInput, "volunteerNo">): string {
  return volunteerNo ?? refuse("INVALID_INPUT", { needs: "volunteerNo" }, ["kiosk"]);
}

/** A phone's camera gives the whole address on the screen; an app only what is signed in it. */
function tokenOf(token: string | null | undefined): string | null {
  return token == null ? null : (/[?&]t=([\w.-]+)/.exec(token)?.[1] ?? token);
}
