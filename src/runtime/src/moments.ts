/** The moments in the life of a page at which a session must act at once. */

type Act = () => void;

/**
 * `hidden`: nobody sees the page, which may be killed without another word. `gone`: it goes away, perhaps to the
 * back/forward cache; `back`: it is back from there. `online`: there is a network again.
 */
export function watchFor(page: Window, hidden: Act, gone: Act, back: Act, online: Act): void {
  page.addEventListener("pagehide", gone);
  page.addEventListener("pageshow", (event) => {
    if (event.persisted) back();
  });
  page.document.addEventListener("visibilitychange", () => {
    if (page.document.visibilityState === "hidden") hidden();
  });
  page.addEventListener("online", online);
}
