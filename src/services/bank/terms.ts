import type { IdKind } from "../../domain/people/papers";
import type { SearchTerm } from "../../storage/store";
import type { Vault } from "./vault";

/** What a profile may hold by which its person is found. */
export interface Findable {
  displayName: string;
  legalName?: string | null;
  idKind?: IdKind | null;
  idNumber?: string | null;
  /** False for a number that only the volunteer entered: it finds nobody. Profiles of other capacities leave it out. */
  papersSeen?: boolean;
  certificateNo?: string;
  categories?: readonly string[];
}
/** Kinds of terms that fit a person's present profiles exactly. Terms of earlier certificates stay, so they are none. */
export const renewedTerms = ["name", "letter", "id", "category"] as const;
export const capacities = ["VOLUNTEER", "RECIPIENT", "SOCIAL_WORKER", "STAFF"] as const;
export type Capacity = (typeof capacities)[number];

/**
 * The terms by which a profile is found. The code that writes terms and the code that compares them both take them from here.
 * A social worker is found by papers and certificate alone; only recipients are found by their categories.
 */
export function termsOf(vault: Vault, capacity: Capacity, profile: Findable): SearchTerm[] {
  const { displayName, legalName = null, idNumber, idKind, papersSeen, certificateNo, categories } = profile;
  const names = [displayName, legalName];
  const terms = capacity === "SOCIAL_WORKER" ? [] : [...vault.nameTerms(...names), ...vault.letterTerms(...names)];
  if (idNumber && papersSeen !== false) terms.push(paperTerm(vault, { kind: idKind ?? null, number: idNumber }));
  if (certificateNo) terms.push(certificateTerm(vault, certificateNo));
  for (const category of categories ?? []) terms.push(categoryTerm(vault, category));
  return terms;
}

/** A resident ID is hashed by its number alone; other papers with their kind, so that a passport is no permit. */
export function paperTerm(vault: Vault, { kind, number }: { kind: IdKind | null; number: string }): SearchTerm {
  const isPlain = kind === null || kind === "RESIDENT_ID";
  return { kind: "id", hash: vault.hash("id", isPlain ? number : `${kind} ${number}`) };
}

export function certificateTerm(vault: Vault, certificateNo: string): SearchTerm {
  return { kind: "certificate", hash: vault.hash("certificate", certificateNo) };
}

export function categoryTerm(vault: Vault, category: string): SearchTerm {
  return { kind: "category", hash: vault.hash("category", category) };
}
