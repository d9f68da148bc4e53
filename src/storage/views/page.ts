/** A page of a list by position: `after` is the last position already seen, in the order the list is given. */
export interface Page {
  first: number;
  after: string[] | null;
}

/** Organisations by id, and all organisations of these divisions. */
export interface Places {
  organizationIds: readonly string[];
  divisionCodes: readonly string[];
}
