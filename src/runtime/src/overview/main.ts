/** The preview's first page: fills in what the validator says of each package, and keeps up with what changes. */

interface Found {
  readonly severity: "error" | "warning" | "note";
}

type Words = Readonly<Record<string, string | undefined>>;

const AT_ONCE = 2;
const SEVERITIES = ["error", "warning", "note"] as const;

/** «1 feil, 2 advarsler», worst first; a link to the inspector's list where there is anything. */
function told(found: readonly Found[], words: Words): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const count = found.filter((each) => each.severity === severity).length;
    return count ? [`${count} ${words[count === 1 ? severity : `${severity}s`]}`] : [];
  });
  return parts.join(", ") || words["none"] || "";
}

async function fill(cell: HTMLElement): Promise<void> {
  const offer = cell.dataset["offer"] ?? "";
  if (!cell.textContent.trim()) cell.textContent = cell.dataset["looking"] ?? "";
  const answer = await fetch(`/api/findings/${offer}`);
  if (!answer.ok) return;
  const found = (await answer.json()) as readonly Found[];
  cell.textContent = told(found, cell.dataset);
  cell.dataset["worst"] = SEVERITIES.find((severity) => found.some((each) => each.severity === severity)) ?? "none";
}

/** A few at a time: whoever opens a package meanwhile is not to wait for all of them. */
async function fillAll(cells: readonly HTMLElement[]): Promise<void> {
  const waiting = [...cells];
  const worker = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) await fill(cell).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const cells = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>("td.findings"));

function keepUp(): void {
  new EventSource("/events").addEventListener("message", ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as { kind: string; offers?: readonly string[]; listed?: boolean };
    if (event.kind !== "change") return;
    if (event.listed) location.reload();
    else void fillAll(cells().filter((cell) => event.offers?.includes(cell.dataset["offer"] ?? "")));
  });
}

// Safari asks the system's resolver for names below localhost, and that has none.
const isSafari = /^((?!chrome|chromium|android|edg).)*safari/i.test(navigator.userAgent);
document.querySelector(".safari")?.toggleAttribute("hidden", !isSafari);
void fillAll(cells());
keepUp();
