/** What a learner is to see of each trouble, when the course does well: what to look for. */

import type { Words } from "../lms/types.ts";

export const EFFECTS: Readonly<Record<string, Words>> = {
  "commit-refused": {
    nb: "Kurset får «false» og feil 101. Deltakeren skal få vite at svarene ikke er lagret, og kunne fortsette; kurset prøver igjen.",
    en: "The course gets “false” and error 101. The learner is to be told that answers are not stored, and go on; the course tries again.",
  },
  "commit-lost": {
    nb: "Kurset får «true», men ingenting blir lagret. Deltakeren merker det først ved neste start: kurset skal hente svarene fra nettleseren.",
    en: "The course gets “true”, but nothing is stored. The learner notices at the next launch: the course is to take the answers from the browser.",
  },
  offline: {
    nb: "LMS-et og LRS-et nås ikke. Deltakeren skal kunne lese og svare videre, og få en rolig melding om at noe ikke er lagret.",
    en: "Neither LMS nor LRS can be reached. The learner is to read and answer on, with a calm line saying that something is not stored.",
  },
  slow: {
    nb: "Hver lagring tar lang tid. Siden skal ikke henge merkbart mens deltakeren svarer eller blar.",
    en: "Each commit takes long. The page should not hang noticeably while the learner answers or turns pages.",
  },
  "session-expired": {
    nb: "Innloggingen er utløpt: LMS-et tar ikke imot mer. Deltakeren skal få vite det før vinduet lukkes, og beholde svarene i nettleseren.",
    en: "The login has expired: the LMS takes nothing more. The learner is to know before closing, and keep the answers in the browser.",
  },
  "lrs-401": {
    nb: "LRS-et svarer 401. Deltakeren skal få vite at kurset må åpnes på nytt fra LMS-et.",
    en: "The LRS answers 401. The learner is to be told to open the course anew from the LMS.",
  },
  "lrs-409": {
    nb: "Tilstanden er endret i et annet vindu. Kurset skal hente den nye og føye sine svar til, uten at noe går tapt.",
    en: "The state was changed in another window. The course is to fetch the new one and add its answers, losing nothing.",
  },
  "lrs-500": {
    nb: "LRS-et feiler. Kurset skal vente og prøve igjen; utsagnene sendes én gang når det virker.",
    en: "The LRS fails. The course is to wait and try again; statements are sent once when it works.",
  },
  "lrs-down": {
    nb: "LRS-et svarer ikke. Som uten nett: les videre, og send senere.",
    en: "The LRS does not answer. As without a network: read on, and send later.",
  },
  "api-late": {
    nb: "API-et er ikke der når siden åpnes, men kommer. Deltakeren skal kunne lese imens, og ingenting skal gå tapt.",
    en: "The API is not there as the page opens, but comes. The learner is to read meanwhile, and nothing is to be lost.",
  },
  "api-missing": {
    nb: "Det finnes ikke noe API. Kurset skal åpnes og leses likevel, og si at ingenting blir rapportert.",
    en: "There is no API. The course is to open and be read all the same, and say that nothing is reported.",
  },
  "tab-killed": {
    nb: "Fanen forsvinner uten at kurset får avslutte. Åpne igjen: det meste skal være der.",
    en: "The tab is gone before the course can finish. Open it again: nearly everything should be there.",
  },
};
