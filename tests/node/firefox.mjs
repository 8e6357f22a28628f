// node firefox.mjs FIREFOX ADDRESS PLAN: plays a package in Firefox over WebDriver BiDi and prints what was seen.
//
// ADDRESS is an LMS's page with the package in a frame (or the package itself); PLAN is JSON:
//   {"answers": {question id: [option ids]}, "pages": number of times «Neste» is pressed at most}

import puppeteer from "puppeteer-core";

const [executablePath, address, plan] = process.argv.slice(2);
const { answers, pages } = JSON.parse(plan);
const LIMIT = 30_000;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  extraPrefsFirefox: { "network.dns.localDomains": "example.org", "intl.accept_languages": "nb-NO" },
});
const seen = { browser: await browser.version(), opened: "", visited: [], verdicts: {}, answered: [], resumed: false, finish: "", notices: "", errors: [] };
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  await page.goto(address);
  const course = await courseIn(page);
  await course.waitForFunction(() => /\w/.test(document.getElementById("kp_progress").textContent));
  seen.opened = await current(course);
  seen.resumed = await course.$eval(".resumed", (line) => !line.hidden);
  seen.answered = await course.$$eval("form[data-verdict]", (forms) => forms.map((form) => form.dataset.question));
  await walk(course);
  seen.finish = await course.$eval("#kp_finish", (box) => box.innerText);
  seen.notices = await course.$eval("#kp_notices", (box) => box.innerText);
  await page.close({ runBeforeUnload: true });
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));

async function courseIn(page) {
  const frame = await page.waitForFrame((each) => /\/package\//.test(each.url()));
  await frame.waitForSelector("#kp_progress");
  return frame;
}

function current(course) {
  return course.$$eval("section.page", (all) => all.find((page) => !page.hidden)?.dataset.page ?? "");
}

async function walk(course) {
  for (let turns = 0; ; turns += 1) {
    const here = await current(course);
    seen.visited.push(here);
    for (const question of await course.$$(`section.page[data-page="${here}"] form[data-question]`)) await answer(question);
    const next = await course.$(".pager-right:not([hidden])");
    if (!next || turns === pages) return;
    await next.click();
    await course.waitForFunction((before) => document.getElementById(before).hidden, {}, here);
  }
}

async function answer(form) {
  const id = await form.evaluate((each) => each.dataset.question);
  if (!(id in answers)) return;
  for (const option of answers[id]) await (await form.$(`input[value="${option}"]`)).click();
  await (await form.$("button[type=submit]")).click();
  await form.evaluate(
    (each, limit) =>
      new Promise((resolve, reject) => {
        const end = setTimeout(() => reject(new Error("no verdict")), limit);
        const look = () => (each.dataset.verdict ? (clearTimeout(end), resolve()) : setTimeout(look, 20));
        look();
      }),
    LIMIT,
  );
  seen.verdicts[id] = await form.evaluate((each) => each.dataset.verdict);
}
