import { addPlans } from "../views/plan.ts";

pieces.push(({ data, notebook, say }) => addPlans(data, notebook, say));
