import { refuse } from "../kit/refusal";
import { isUscc } from "../organizations/uscc";

/** The papers of a public fundraising name the organisation that raises funds, its certificate, and its filed plan. */
export interface Papers {
  organizationName: string;
  permitNo: string;
  planFilingNo: string;
}

/**
 * The papers in one spelling. 慈善中国 publishes a certificate by its holder's unified social credit code, and a plan by
 * that code, a letter, two digits of the year and three of the plan; both then name the same holder. Papers of an office
 * that numbers its own are given in its words, with their number (浙募备〔2026〕12号). INVALID_INPUT.
 */
export function readPapers(papers: Papers): Papers & { uscc: string | null } {
  const permitNo = read(papers.permitNo);
  const planFilingNo = read(papers.planFilingNo);
  const uscc = isHolder(permitNo) ? permitNo : null;
  if (uscc === null && !isNumbered(permitNo))
    refuse("INVALID_INPUT", { expected: "a unified social credit code, or a certificate's words with its number" }, [
      "permitNo",
    ]);
  const [, filer] = /^(.{18})[A-Z]\d{5}$/.exec(planFilingNo) ?? [];
  if (filer === undefined || !isHolder(filer)) {
    if (!isNumbered(planFilingNo))
      refuse(
        "INVALID_INPUT",
        { expected: "a unified social credit code, a letter and five digits, or a filing's words with its number" },
        ["planFilingNo"],
      );
  } else if (uscc !== null && filer !== uscc) refuse("INVALID_INPUT", { filedBy: uscc }, ["planFilingNo"]);
  return { organizationName: readCharity(papers.organizationName), permitNo, planFilingNo, uscc };
}

/** A social organisation is registered under a name in Chinese characters: a place, a word of its own, a form (社会组织名称管理办法). */
function readCharity(typed: string): string {
  const name = typed.normalize("NFKC");
  if ((name.match(/\p{Script=Han}/gu) ?? []).length < 4)
    refuse("INVALID_INPUT", { expected: "a name as it is registered, of at least four characters" }, [
      "organizationName",
    ]);
  return typed;
}

/** Clerks paste codes with spaces, small letters and wide digits. */
function read(typed: string): string {
  const code = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return /^[0-9A-Z]+$/.test(code) ? code : typed;
}

/** Social organisations' codes begin with 51, 52 or 53. */
const isHolder = (code: string) => /^5[123]/.test(code) && isUscc(code);
const isNumbered = (text: string) => /\p{Script=Han}/u.test(text) && /\p{N}/u.test(text);
