/** What the pieces borrow: exported, so that it stays also where nothing in the script itself asks for it. */

export { button, element, tool } from "./views/element.ts";
export { MARK, saveFile } from "./views/file.ts";
export { statusLine } from "./views/notebook.ts";
export { printOnly } from "./views/printing.ts";
