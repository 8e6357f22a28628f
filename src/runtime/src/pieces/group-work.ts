import { addGroupWork } from "../views/groupwork.ts";

pieces.push(({ say }) => addGroupWork(say));
