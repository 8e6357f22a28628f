/** Prints one part of the document by itself; a closed fold is open on the paper. */
export function printOnly(part: HTMLElement): void {
  const root = document.documentElement;
  const fold = part instanceof HTMLDetailsElement && !part.open ? part : null;
  if (fold) fold.open = true;
  part.classList.add("on-paper");
  root.dataset.printing = "";
  window.addEventListener(
    "afterprint",
    () => {
      delete root.dataset.printing;
      part.classList.remove("on-paper");
      if (fold) fold.open = false;
    },
    { once: true },
  );
  window.print();
}
