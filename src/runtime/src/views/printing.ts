/** Prints one part of the document by itself; a closed fold is open on the paper. */
export function printOnly(part: HTMLElement): void {
  const root = document.documentElement;
  const fold = part instanceof HTMLDetailsElement && !part.open ? part : null;
  if (fold) fold.open = true;
  part.classList.add("on-paper");
  root.dataset.printing = "part";
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

/** Prints only the "page" that is open, or only the "module". */
export function printOpen(what: string): void {
  const root = document.documentElement;
  // Pictures on pages not yet seen have not been fetched.
  const pictures = [...document.querySelectorAll<HTMLImageElement>("img[loading]")];
  for (const picture of pictures) picture.loading = "eager";
  void Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => {
    root.dataset.printing = what;
    window.addEventListener("afterprint", () => delete root.dataset.printing, { once: true });
    window.print();
  });
}
