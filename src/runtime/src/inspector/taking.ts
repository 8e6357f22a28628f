/** What can be taken along: texts to the clipboard, JSON into a file. */

/** Says whether it worked, by `done`. */
export async function copy(text: string, done: (worked: boolean) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    done(true);
  } catch {
    done(false);
  }
}

export function saveJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2), "\n"], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What stands in the JSON file that is chosen; undefined where it is no JSON. */
export function openJson(chosen: (value: unknown) => void): void {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = "application/json,.json";
  picker.addEventListener("change", () => {
    const read = picker.files?.[0]?.text().then((text) => JSON.parse(text) as unknown);
    void read?.then(chosen, () => chosen(undefined));
  });
  picker.click();
}
