import type { PolicyStatus } from "../facts/policies";

/** The citation of a value that no paper sets. */
export const ourDefault = "本平台默认规定（无上级文件依据）";

type Shape =
  | "count"
  | "text"
  | "choice"
  | "catalogue"
  | "calendar"
  | "hours"
  | "villageKinds"
  | "occasions"
  | "creditGrounds"
  | "categories"
  | "targets"
  | "populations"
  | "starWeights"
  | "weights"
  | "ladder"
  | "authorities"
  | "bands";
export interface Parameter {
  label: { en: string; zh: string };
  shape: Shape;
  /** The least and the most a count may be: no value that can be set may bring a rule to a number it cannot count. */
  least?: number;
  most?: number;
  /** What a choice is between. */
  oneOf?: readonly string[];
  value: unknown;
  citation: string;
  status: PolicyStatus;
}

/** No count needs more: 16,666 hours. */
export const countMost = 1_000_000;
/** The most an account may ever hold, whatever the cap of the day is: the database keeps this one itself. */
export const balanceMost = countMost;
