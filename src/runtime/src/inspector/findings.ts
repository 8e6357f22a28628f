/** What the validator says of the package, each with the way to its place in the source. */

import { element } from "../views/element.ts";
import { attempt, type Context, type Panel } from "./context.ts";
import { button } from "./making.ts";
import type { Finding } from "./server.ts";
import { copy } from "./taking.ts";
import type { Key } from "./words.ts";

const SEVERITIES: Readonly<Record<Finding["severity"], Key>> = { error: "severityError", warning: "severityWarning", note: "severityNote" };

export function createFindings(context: Context): Panel & { readonly refresh: () => void } {
  const { say, server } = context;
  let badge: (text: string, tone: string) => void = () => undefined;
  const status = element("p", { class: "count", role: "status" });
  const list = element("ul", { class: "findings" });

  async function look(): Promise<void> {
    status.textContent = say("looking");
    const found = await server.findings();
    const order = Object.keys(SEVERITIES);
    const sorted = found.slice().sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
    list.replaceChildren(...sorted.map((each) => element("li", { class: each.severity }, findingview(context, each))));
    const count = (severity: string) => found.filter((each) => each.severity === severity).length;
    const parts = (Object.keys(SEVERITIES) as Finding["severity"][]).filter(count).map((each) => `${count(each)} ${say(SEVERITIES[each]).toLowerCase()}`);
    status.textContent = parts.join(", ") || say("noFindings");
    badge(found.length ? String(count("error") || found.length) : "", count("error") ? "error" : count("warning") ? "warning" : "");
  }

  const refresh = (): void => {
    void attempt(context, look).then(() => status.textContent === say("looking") && (status.textContent = ""));
  };
  const node = element("div", { class: "tab" }, element("div", { class: "bar" }, button(say("again"), refresh), status),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("findings") }, list));
  return { id: "findings", node, refresh, badge: (write) => void (badge = write) };
}

/** A finding with its place: to open in the editor where its file is known, and to copy. */
export function findingview({ say, inspection, announce }: Pick<Context, "say" | "inspection" | "announce">, finding: Finding): HTMLElement {
  const place = [finding.path, finding.line, finding.column].filter(Boolean).join(":");
  const editor = editorAddress(finding, inspection.folder ?? "");
  return element("article", {},
    element("p", { class: "rule" }, element("strong", {}, say(SEVERITIES[finding.severity])), ` ${finding.rule} `, element("span", { class: "quiet" }, finding.name)),
    element("p", { class: "said" }, finding.message),
    ...(finding.hint ? [element("p", { class: "hint" }, `→ ${finding.hint}`)] : []),
    ...(place ? [element("p", { class: "place" },
      editor ? element("a", { href: editor, title: say("openEditor") }, place) : element("code", {}, place),
      button(say("copyPath"), () => void copy(place, (worked) => announce(worked ? say("copied") : say("failed", { why: "clipboard" })))))] : []),
    ...(finding.spec ? [element("p", { class: "quiet" }, finding.spec)] : []),
    ...(finding.profiles.length ? [element("p", { class: "quiet" }, say("minding", { profiles: finding.profiles.join(", ") }))] : []));
}

/** The address that opens a file at its line in VS Code; "" where nothing tells in which folder the file is. */
export function editorAddress({ path, line, column }: Pick<Finding, "path" | "line" | "column">, folder: string): string {
  const isAbsolute = /^(\/|[A-Za-z]:[\\/])/.test(path);
  if (!path || (!isAbsolute && !folder) || path.includes("!")) return "";
  const whole = (isAbsolute ? path : `${folder.replace(/[\\/]$/, "")}/${path}`).replace(/\\/g, "/");
  const spelt = whole.split("/").map(encodeURIComponent).join("/").replace(/^([A-Za-z])%3A/, "$1:");
  return `vscode://file/${spelt.replace(/^\//, "")}${line ? `:${line}${column ? `:${column}` : ""}` : ""}`;
}
