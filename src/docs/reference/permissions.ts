import type { Role } from "../../domain/facts/actors";
import type { Language, Text } from "../../domain/kit/language";
import { type Act, actorLabels, acts } from "../../domain/permissions/actors";
import { actTexts } from "../acts";
import { code, joined, listed, table } from "../markdown";

type Allowed = (typeof acts)[Act][number];

const beyondRoles: Readonly<Record<Exclude<Allowed, Role> | "SELF" | "SIGNED_IN" | "PUBLIC", Text>> = {
  SELF: { en: "the person themselves", zh: "本人" },
  SIGNED_IN: { en: "everybody who is signed in", zh: "任何已登录者" },
  PUBLIC: { en: "everybody", zh: "任何人" },
};

const words = {
  en: {
    title: "Who may do what",
    about:
      "The token says who a person is; grants in the database say what the person may do, at an organisation, in a division and all below it, or in the whole bank, from one day to another. Every act has one row here, in the domain's table `acts`, and in a test that walks each mutation and each personal field by role (`test/graphql/permissions.test.ts`). What no row allows is refused. A role counts where its place covers what is done. “Only if” names what the rules ask besides.",
    head: ["act", "what it is", "who", "only if"],
  },
  zh: {
    title: "谁可以做什么",
    about:
      "登录码说明是谁；数据库中的授权说明可做什么，限某组织、某区划及其下级，或全市，并有起止日期。每个事项在此有一行，在领域层的表 `acts` 中有一行，并有测试逐一走遍每个变更、每个个人字段与每种身份（`test/graphql/permissions.test.ts`）。没有哪一行允许的，一律拒绝。岗位只在其范围所及之处有效。“条件”为规则另外要求的内容。",
    head: ["事项代码", "事项", "何人", "条件"],
  },
} as const;

/** The roles for which an act is, as each language names them. */
function allowedTo(act: Act, language: Language): string {
  const names = acts[act].map((allowed) =>
    allowed in beyondRoles
      ? beyondRoles[allowed as keyof typeof beyondRoles][language]
      : actorLabels[allowed as Role][language],
  );
  const [first = "", ...others] = names.map((name) => (language === "en" ? name.toLowerCase() : name));
  return listed([first, ...others], language);
}

export function permissionsPage(language: Language): string {
  const { title, about, head } = words[language];
  return joined(
    `# ${title}`,
    about,
    table(
      head,
      (Object.keys(acts) as Act[]).map((act) => [
        code(act),
        actTexts[act].what[language],
        allowedTo(act, language),
        actTexts[act].only?.[language] ?? "",
      ]),
    ),
  );
}
