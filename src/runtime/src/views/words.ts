/** A text of the interface, with `{name}` replaced. A missing text shows its key rather than nothing. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function speaker(words: Readonly<Record<string, string>>): Say {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
