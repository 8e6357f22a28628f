/** What a learner reads on the LMS page. */

import type { Words } from "./types.ts";

const nb = {
  contents: "Innhold",
  course: "Kursinnhold",
  here: "Du er her",
  opensInWindow: "Dette LMS-et åpner kurset i et eget vindu.",
  openWindow: "Åpne kurset",
  blocked: "Nettleseren stoppet vinduet. Tillat sprettoppvinduer for denne siden, og prøv igjen.",
  killed: "Fanen ble drept uten forvarsel: det som ikke var lagret, er borte.",
  openAgain: "Åpne kurset igjen",
  notHere: "Pakken har ikke noe som kan åpnes.",
  notOpen: "Innholdet er ikke åpent.",
  passed: "bestått",
  completed: "fullført",
  failed: "ikke bestått",
  incomplete: "påbegynt",
  browsed: "sett på",
};

export type Texts = Readonly<Record<keyof typeof nb, string>>;

const en: Texts = {
  contents: "Contents",
  course: "Course content",
  here: "You are here",
  opensInWindow: "This LMS opens the course in a window of its own.",
  openWindow: "Open the course",
  blocked: "The browser stopped the window. Allow pop-ups for this page, and try again.",
  killed: "The tab was killed without warning: what was not saved is gone.",
  openAgain: "Open the course again",
  notHere: "The package has nothing that can be opened.",
  notOpen: "The content is not open.",
  passed: "passed",
  completed: "completed",
  failed: "failed",
  incomplete: "begun",
  browsed: "browsed",
};

export const TEXTS: Readonly<Record<keyof Words, Texts>> = { nb, en };
