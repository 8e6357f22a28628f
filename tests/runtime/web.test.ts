/** No LMS by intention: the browser's storage, or nothing at all. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { webAdapter } from "../../src/runtime/src/adapters/web.ts";
import { module, packageOf } from "./support/data.ts";
import { FakePage } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";

const DATA = packageOf("web");

test("the browser remembers, per package", async () => {
  const { tracker, opening, page, notices } = await begin(new FakePage(), DATA, webAdapter);
  assert.equal(opening.connected, true);
  tracker.visit("strategi.to");
  tracker.answer("strategi.velg", ["b"], 10);
  await settled();
  const killed = await begin(page.again(), DATA, webAdapter);
  assert.deepEqual([killed.opening.resumed, killed.opening.page], [true, "strategi.to"]);
  assert.deepEqual([...killed.opening.answers], [["strategi.velg", ["b"]]]);
  const other = await begin(page.again(), packageOf("web", [module("teknologi")]), webAdapter);
  assert.equal(other.opening.resumed, false);
  assert.deepEqual([...notices, ...killed.notices], []);
});

test("the last step is kept when the page goes, and the session goes on when it comes back", async () => {
  const { tracker, page, notices } = await begin(new FakePage(), DATA, webAdapter);
  tracker.visit("strategi.en");
  page.go();
  page.back();
  tracker.visit("strategi.tre");
  page.go();
  assert.equal((await begin(page.again(), DATA, webAdapter)).opening.page, "strategi.tre");
  assert.deepEqual(notices, []);
});

test("blocked storage: everything works, nothing is remembered, nobody is alarmed", async () => {
  const page = new FakePage();
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(page, name, {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }
  const { tracker, opening, notices } = await begin(page, DATA, webAdapter);
  assert.equal(opening.connected, false);
  tracker.visit("strategi.en");
  assert.equal(tracker.answer("strategi.sant", ["false"], 10), true);
  await settled();
  assert.equal(tracker.progress()[0]!.score, 50);
  page.go();
  assert.deepEqual(notices, []);
});

test("full storage is told, and tried again", async () => {
  const page = new FakePage();
  const { tracker, notices } = await begin(page, DATA, webAdapter);
  const set = page.localStorage.setItem;
  page.localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  tracker.visit("strategi.en");
  await settled();
  assert.deepEqual(notices, ["failed"]);
  page.localStorage.setItem = set;
  tracker.visit("strategi.to");
  await settled();
  assert.deepEqual(notices, ["failed", "saved"]);
});

test("pages and questions that are not in the package are ignored", async () => {
  const { tracker } = await begin(new FakePage(), DATA, webAdapter);
  tracker.visit("strategi.velg");
  assert.equal(tracker.answer("strategi.en", ["a"], 10), false);
  assert.equal(tracker.progress()[0]!.visited, 0);
});
