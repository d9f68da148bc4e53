/** A text names the places of its facts in braces: "at most {most}". */
const place = /\{(\w+)\}/g;

export function placesIn(text: string): string[] {
  return [...text.matchAll(place)].map(([, name]) => name as string);
}

export function filled(text: string, wordOf: (name: string) => string): string {
  return text.replaceAll(place, (_, name: string) => wordOf(name));
}
