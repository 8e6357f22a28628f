// node again.mjs: bundles while somebody writes. A line in is a list of names, ["runtime-web.js", "kurspakke.css"]; a line
// out is {"files": {name: text}}, joined and not folded, which takes a tenth of the time, or {"errors": [{path, line, text}]}.

import { createInterface } from "node:readline";
import { context } from "esbuild";
import { combinations, entries, formats, isBlock, own, piece, script, style } from "./bundles.mjs";

const options = new Map([
  ...formats.flatMap((format) => [false, true].map((assessment) => script(format, assessment))),
  ...entries.map(piece),
].map((each) => [`${each.entryPoints[0].out}.js`, each]));
for (const chosen of combinations) {
  options.set(`${["kurspakke", ...chosen].join("-")}.css`, style(chosen));
}
const contexts = new Map();

/** The text of one bundle, made of the sources as they are now. */
async function bundled(name) {
  contexts.set(name, contexts.get(name) ?? context({ ...options.get(name), outdir: "made", write: false, logLevel: "silent" }));
  const { outputFiles } = await (await contexts.get(name)).rebuild();
  const [{ text }] = outputFiles;
  if (!name.endsWith(".js")) {
    return text;
  }
  return isBlock(name) ? `{${own(text)}}\n` : `${own(text)};\n`;
}

/** An error of esbuild's, with its place below this folder. */
function plain({ text, location }) {
  return { path: location?.file ?? "", line: location?.line ?? 0, text };
}

for await (const line of createInterface({ input: process.stdin })) {
  const names = JSON.parse(line).filter((name) => options.has(name));
  const made = await Promise.allSettled(names.map(async (name) => [name, await bundled(name)]));
  const failed = made.filter(({ status }) => status === "rejected").flatMap(({ reason }) => reason.errors ?? [{ text: String(reason) }]);
  const answer = failed.length ? { errors: failed.map(plain) } : { files: Object.fromEntries(made.map(({ value }) => value)) };
  console.log(JSON.stringify(answer));
}
process.exit(0);
