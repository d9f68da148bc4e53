import { addDays } from "../../domain/kit/calendar";
import { Dice } from "./random";
import { divisions } from "./zhuji";

export const volunteerCount = 640;

export interface PlannedVolunteer {
  no: string;
  displayName: string;
  birthDate: string;
  divisionCode: string;
  phone: string | null;
  minor: boolean;
  registeredOn: string;
}

/** Shares of domain.md 5.3: youngest and oldest age, and how many of a hundred. */
const ages = [
  [14, 17, 6],
  [11, 13, 1],
  [18, 39, 33],
  [40, 59, 28],
  [60, 69, 24],
  [70, 84, 8],
] as const;

export function planVolunteers(): PlannedVolunteer[] {
  const dice = new Dice(20260105);
  return Array.from({ length: volunteerCount }, (_, i) => {
    const age = ageOf(dice.below(100), dice);
    const number = String(i + 1).padStart(4, "0");
    return {
      no: `ZJ20260${number}`,
      displayName: `志愿者#${number}`,
      birthDate: `${2026 - age - 1}-${String(1 + dice.below(12)).padStart(2, "0")}-${String(1 + dice.below(28)).padStart(2, "0")}`,
      divisionCode: (divisions[i % divisions.length] as (typeof divisions)[number]).code,
      phone: i % 53 === 0 ? null : `1990000${number}`,
      minor: age < 18,
      registeredOn: addDays("2026-01-02", Math.floor((i * 80) / volunteerCount)),
    };
  });
}

function ageOf(percentile: number, dice: Dice): number {
  let passed = 0;
  for (const [youngest, oldest, share] of ages) {
    passed += share;
    if (percentile < passed) return youngest + dice.below(oldest - youngest + 1);
  }
  return 40;
}
