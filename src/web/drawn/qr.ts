import { create } from "qrcode";

/** Scanners want four modules of white around the code. */
export const quietZone = 4;

/** The dark modules as one path, a run of neighbours a stroke; a page draws it without any style or script. */
export function qrPath(text: string): { path: string; size: number } {
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  const runs: string[] = [];
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const from = x;
      while (x < size && data[y * size + x]) x += 1;
      if (x > from) runs.push(`M${from + quietZone} ${y + quietZone}h${x - from}v1h${from - x}z`);
    }
  return { path: runs.join(""), size };
}
