import { isSettled, lockedPages } from "./locking.ts";
import type { Opening, PackageData, QuestionData, Tracker } from "./types.ts";
import { addAssessments } from "./views/assessment.ts";
import { answerText } from "./views/answers.ts";
import { button, place } from "./views/element.ts";
import { finishView } from "./views/finish.ts";
import { glossaryView } from "./views/glossary.ts";
import { itinerary, type Stop } from "./views/itinerary.ts";
import { menuView } from "./views/menu.ts";
import { createNotebook } from "./views/notebook.ts";
import { openOutside } from "./views/links.ts";
import { addNotes, noteTools } from "./views/notes.ts";
import { noticeView } from "./views/notice.ts";
import { addOpinions } from "./views/opinion.ts";
import { pagerView } from "./views/pager.ts";
import { unfoldOnPaper } from "./views/paper.ts";
import { printOpen } from "./views/printing.ts";
import { addSearch } from "./views/search.ts";
import { createSharing } from "./views/sharing.ts";
import { questionView, type Question } from "./views/question.ts";
import { mendCaptions } from "./views/video.ts";
import { speaker } from "./views/words.ts";

/** The readable document becomes a course of which nothing is shown yet. */
export function fold(): void {
  document.documentElement.classList.add("playing");
  for (const part of document.querySelectorAll<HTMLElement>("[data-page], [data-module]")) part.hidden = true;
}

/** Turns the readable document into a course with one page at a time. Call it when the document has been parsed, after `fold`. */
export function play(data: PackageData, tracker: Tracker): void {
  const say = speaker(data.words);
  const stops = itinerary(data);
  const start = stops[0];
  if (!start) return;

  const visited = new Set<string>();
  const answers = new Map<string, readonly string[]>();
  const journey = { visited, answers };
  const finished = new Set<string>();
  const questions = new Map<string, Question>();
  const menu = menuView(data, say);
  const pager = pagerView();
  const finish = finishView(say);
  const notices = noticeView(say);
  const notebook = createNotebook(data, say);
  const sharing = createSharing(data, notebook, tracker, say);
  const glossary = glossaryView(say);
  const resumed = place("kp_resumed");
  let current: Stop | null = null;
  /** Shown when the address names no page. */
  let home: Stop = start;
  let opened = false;
  /** In review and browse mode every page is open. */
  let free = false;
  let locked: ReadonlySet<string> = new Set();

  mendCaptions(data);
  openOutside(document, say("new_tab"));
  unfoldOnPaper();
  addNotes(notebook);
  addOpinions(notebook);
  for (const add of pieces) add({ data, notebook, tracker, say });
  const tests = ASSESSMENT && tracker.assessments ? addAssessments(data, tracker.assessments, say, refresh) : null;
  for (const module of data.modules) module.questions.forEach(addQuestion);
  addTools();
  addSearch(stops, say, ({ page }) => !locked.has(page.id));
  lock();
  window.addEventListener("hashchange", follow);
  tracker.onNotice(notices.hear);
  tracker.onNews(take);
  const ready = tracker.open();
  const first = asked();
  show(first?.stop ?? home, null, false);
  if (first) whenLoaded(() => current === first.stop && focusOn(first.stop, first.target));
  else whenLoaded(glossary.follow);
  void ready.then(begin);

  /** What is known of the learner from before, and from elsewhere. An answer that is being given is left alone. */
  function take(opening: Opening): void {
    sharing.begin(opening);
    opening.visited.forEach((page) => visited.add(page));
    for (const [id, response] of opening.answers) {
      const busy = document.activeElement?.closest("form")?.dataset.question === id;
      if (busy || String(answers.get(id)) === String(response)) continue;
      answers.set(id, response);
      questions.get(id)?.restore(response);
    }
    for (const module of tracker.progress()) if (module.done) finished.add(module.id);
    if (opening.muted) for (const media of document.querySelectorAll<HTMLMediaElement>("video, audio")) media.muted = true;
    free = opening.mode !== "normal";
    if (free) notices.keep(say("review_mode"));
    if (opened) refresh();
    else lock();
  }

  function begin(opening: Opening): void {
    tests?.();
    take(opening);
    opened = true;
    const [before, wanted] = [current, asked()];
    const saved = stops.find(({ page }) => page.id === opening.page);
    // A learner who has already turned the page, or came by a link to one, stays there.
    if (saved && current === start && !wanted && saved !== start) {
      home = saved;
      show(saved, null, false);
      resumed.hidden = false;
      glossary.follow();
    } else if (wanted && wanted.stop !== current) {
      show(wanted.stop, null, false);
      whenLoaded(follow);
    }
    if (current === before) visit();
  }

  function visit(): void {
    if (!opened || !current) return;
    visited.add(current.page.id);
    tracker.visit(current.page.id);
    refresh();
  }

  function refresh(): void {
    if (!current) return;
    const modules = tracker.progress();
    menu.progress(modules, visited);
    finish.show(current, modules, journey);
    for (const module of modules) {
      if (!module.done || finished.has(module.id)) continue;
      finished.add(module.id);
      notices.tell(say("now_completed", { title: data.modules.find(({ id }) => id === module.id)?.title ?? "" }));
    }
    lock();
  }

  /** Which pages are open; what the learner has done before is known when the tracker has opened. */
  function lock(): void {
    const pages = data.modules.map((module) => lockedPages(module, journey, free || finished.has(module.id)));
    locked = new Set(pages.flat());
    menu.lock(locked);
    const at = current ? stops.indexOf(current) : 0;
    pager.show(stops[at - 1], stops[at + 1], locked);
  }

  /** A page that is open, in place of one that is not: the first with something left to do. */
  function instead({ module }: Stop): Stop {
    if (opened) notices.tell(say("locked_why"));
    const open = stops.find((stop) => stop.module === module && !isSettled(module, stop.page, journey)) ?? home;
    // The same link again is a new request.
    if (opened) history.replaceState(null, "", `#${open.page.id}`);
    return open;
  }

  /** The page (and the thing on it) that the address asks for. */
  function asked(): { readonly stop: Stop; readonly target: HTMLElement } | null {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("[data-module]")) return null;
    const page = target.closest<HTMLElement>("[data-page]") ?? target.querySelector<HTMLElement>("[data-page]");
    const stop = stops.find((each) => each.page.id === page?.dataset.page);
    return stop ? { stop, target } : null;
  }

  function follow(): void {
    const wanted = asked();
    if (wanted) show(wanted.stop, wanted.target, true);
    else if (!glossary.follow() && !location.hash) show(home, null, true);
  }

  function show(stop: Stop, target: HTMLElement | null, focus: boolean): void {
    if (locked.has(stop.page.id)) return show(instead(stop), null, focus);
    glossary.close();
    const turned = stop !== current;
    if (turned) turn(stop);
    if (focus) focusOn(stop, target);
    if (turned) visit();
  }

  function turn(stop: Stop): void {
    for (const id of current ? [current.page.id, current.module.id] : []) place(id).hidden = true;
    for (const id of [stop.page.id, stop.module.id]) place(id).hidden = false;
    for (const media of document.querySelectorAll<HTMLMediaElement>("audio, video")) media.pause();
    current = stop;
    resumed.hidden = true;
    place(stop.module.id).toggleAttribute("data-opening", stop.first);
    document.title = `${stop.page.title} – ${stop.module.title}`;
    menu.current(stop);
    lock();
    for (const question of stop.module.questions) if (question.page === stop.page.id) questions.get(question.id)?.begin();
  }

  /** While a document loads, the browser goes to the address's target in its own way, and takes the focus away again. */
  function whenLoaded(act: () => void): void {
    if (document.readyState === "complete") act();
    else window.addEventListener("load", () => window.setTimeout(act), { once: true });
  }

  /** A new page is read from its heading; a thing on the page from the thing's own heading; a fold is opened. */
  function focusOn(stop: Stop, target: HTMLElement | null): void {
    const fold = target?.closest("details");
    if (fold) {
      fold.open = true;
      fold.querySelector("summary")?.focus();
      return;
    }
    const component = target?.closest<HTMLElement>("[data-component]");
    const heading = component?.querySelector<HTMLElement>("h3") ?? component ?? place(`${stop.page.id}_title`);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    (component ?? place(stop.first ? stop.module.id : "kp_main")).scrollIntoView({ block: "start" });
  }

  function addQuestion(question: QuestionData): void {
    const form = document.querySelector<HTMLFormElement>(`form[data-question="${question.id}"]`);
    if (!form) return;
    const view = questionView(form, question, say, async (asked, response, milliseconds) => {
      await ready;
      const right = tracker.answer(asked.id, response, milliseconds);
      answers.set(asked.id, response);
      refresh();
      return right;
    });
    questions.set(question.id, view);
    notebook.mention(form, () => {
      const response = answers.get(question.id);
      return response ? answerText(question, response, say) : null;
    });
  }

  function addTools(): void {
    const tools = place("kp_menu_tools");
    tools.prepend(...noteTools(notebook, sharing, data, say));
    for (const part of ["page", "module"]) place(`kp_print_${part}`).onclick = () => printOpen(part);
    // Only cmi5 has somewhere to go back to; elsewhere the LMS closes the course.
    if (data.format === "cmi5") tools.append(button(say("leave"), "right", "tertiary", leave));
  }

  /** Where the launch names no way back, the learner stays and is told so. */
  function leave(): void {
    notices.keep(say("left"));
    tracker.leave();
  }
}
