import { addPriorities } from "../views/prioritise.ts";

pieces.push(({ data, notebook, say }) => addPriorities(data, notebook, say));
