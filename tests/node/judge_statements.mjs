// Judges xAPI statements by Learning Locker's rules: a JSON list on standard input, one line per complaint on standard
// output.

import { readFileSync } from "node:fs";
import validation from "@learninglocker/xapi-validation";

for (const statement of JSON.parse(readFileSync(0, "utf8"))) {
  for (const warning of validation.default(statement)) {
    const [, ...where] = warning.path;
    console.log(`${statement.verb?.id} ${where.join(".")}: ${warning.constructor.name} ${JSON.stringify(warning.data)}`);
  }
}
