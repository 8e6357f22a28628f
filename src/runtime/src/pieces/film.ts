import { watchMedia } from "../views/watching.ts";

pieces.push(({ tracker }) => watchMedia(tracker));
