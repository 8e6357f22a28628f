/** Only what the pieces behind this one borrow. */
export { htmlFile, origin, table, titleOf } from "../views/handout.ts";
