/**
 * Names as people type and copy them: the same name gets one spelling, so that everybody sees the same letters, and a search
 * finds it.
 */

/**
 * What a machine writes for a character where it has taken a radical for it: lists that were read from paper or from a PDF
 * hold radicals, which look like the character and are another one. NFKC knows the Kangxi radicals; of this block it knows two.
 * The pairs are the Unicode property Equivalent_Unified_Ideograph.
 */
const radicals = new Map(
  (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 " +
    "⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 " +
    "⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 " +
    "⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 " +
    "⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
  )
    .split(" ")
    .map((pair) => [...pair] as [string, string]),
);

/** Radicals, and characters that stand twice in Unicode for the sake of older sets: each as the character that it stands for. */
const standIns = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const han = /\p{Script=Han}/u;
/** The dot inside a name, as the input methods of different machines write it. */
const dots = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u16eb\ufe52\uff0e.]/gu;
const dotsWithin = new RegExp(`(?<=${han.source})${dots.source}(?=${han.source})`, "gu");

/** A line of text as it is kept and shown: without invisible characters, and with each character as itself. */
export function readLine(typed: string): string {
  return typed
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replaceAll(standIns, (sign) => radicals.get(sign) ?? sign.normalize("NFKC"))
    .normalize("NFC");
}

/** The same for a name, with the dot of Chinese names as `·`. */
export function readName(typed: string): string {
  return readLine(typed).replaceAll(dotsWithin, "·");
}

/**
 * Whether a text holds a character that only the machine can show on which it was typed: one of its own font, or one that was
 * lost.
 */
export function holdsUnreadable(text: string): boolean {
  return /[\p{Co}\ufffd]/u.test(text);
}

/** A name without all that people type differently: width, case, blanks, invisible signs, and the dot inside a name. */
export function plainName(name: string): string {
  return readLine(name)
    .normalize("NFKC")
    .replaceAll(dots, "")
    .replaceAll(/[\s\p{Cf}]/gu, "")
    .toLowerCase();
}

/** The pairs of letters by which a name is found from a part of it; for a single letter, the letter. */
export function pairsOf(name: string): string[] {
  const letters = [...plainName(name)];
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
}

/**
 * The single letters by which a name is found: each character in Chinese, since most surnames have one; in other scripts the
 * first letter.
 */
export function lettersOf(name: string): string[] {
  const letters = [...plainName(name)];
  const characters = letters.filter((letter) => han.test(letter));
  return characters.length > 0 ? characters : letters.slice(0, 1);
}
