import { addSurveys } from "../views/survey.ts";

pieces.push(({ data, notebook, say }) => addSurveys(data, notebook, say));
