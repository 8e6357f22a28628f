/* A SCORM 1.2 API that refuses what the strictest LMSs refuse: wrong order of calls, unknown elements, values outside the data
   model, state over 4,096 characters. A refused value leaves the old one in place. */
window.StrictApi = (() => {
  "use strict";
  const text = (most) => (value) => value.length <= most;
  const form = (pattern) => (value) => pattern.test(value);
  const hundred = (value) => value === "" || (/^\d{1,3}(\.\d+)?$/.test(value) && Number(value) <= 100);
  const identifier = form(/^[!-~]{1,255}$/);
  const time = form(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const span = form(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const decimal = form(/^-?\d{1,3}(\.\d+)?$/);
  const answers = {
    choice: form(/^(\{?[0-9a-z](,[0-9a-z])*\}?)?$/),
    "true-false": form(/^[01tf]$/),
    numeric: form(/^-?\d+(\.\d+)?$/),
    sequencing: form(/^\{?[0-9a-z](,[0-9a-z])*\}?$/),
    matching: form(/^\{?[0-9a-z]\.[0-9a-z](,[0-9a-z]\.[0-9a-z])*\}?$/),
    likert: form(/^[0-9a-z]?$/),
  };
  const answer = (value, around) => value.length <= 255 && (answers[around.type] || text(255))(value);

  const READ = {
    "cmi.core._children":
      "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "cmi.core.score._children": "raw,min,max",
    "cmi.core.student_id": "kari",
    "cmi.core.student_name": "Ødegård, Kari",
    "cmi.core.credit": "credit",
    "cmi.core.entry": "",
    "cmi.core.total_time": "0000:00:00.00",
    "cmi.core.lesson_mode": "normal",
    "cmi.launch_data": "",
    "cmi.student_data.mastery_score": "",
    "cmi.interactions._children":
      "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
    "cmi.interactions._count": "0",
    "cmi.objectives._children": "id,score,status",
    "cmi.objectives._count": "0",
    "cmi.comments_from_lms": "",
  };
  const BOTH = {
    "cmi.core.lesson_location": text(255),
    "cmi.core.lesson_status": form(/^(passed|completed|failed|incomplete|browsed)$/),
    "cmi.core.score.raw": hundred,
    "cmi.core.score.min": hundred,
    "cmi.core.score.max": hundred,
    "cmi.suspend_data": text(4096),
    "cmi.comments": text(4096),
  };
  const WRITE = {
    "cmi.core.exit": form(/^(time-out|suspend|logout|)$/),
    "cmi.core.session_time": span,
  };
  const INTERACTION = {
    id: identifier,
    time,
    type: form(/^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/),
    "correct_responses.0.pattern": answer,
    weighting: decimal,
    student_response: answer,
    result: (value) => /^(correct|wrong|unanticipated|neutral)$/.test(value) || decimal(value),
    latency: span,
  };

  return class {
    #values;
    #interactions = [];
    #state = "new";
    #error = "0";

    constructor(kept) {
      for (const [name, value] of Object.entries(kept)) {
        const part = /^cmi\.interactions\.(\d+)\.(.+)$/.exec(name);
        if (part) this.#interactions[part[1]] = { ...this.#interactions[part[1]], [part[2]]: value };
      }
      this.#values = { "cmi.core.lesson_status": "not attempted", ...READ, ...kept };
      this.#values["cmi.core.entry"] = kept["cmi.suspend_data"] ? "resume" : "ab-initio";
    }

    LMSInitialize(none) {
      if (none !== "") return this.#refuse("201");
      if (this.#state !== "new") return this.#refuse("101");
      this.#state = "running";
      return this.#done();
    }

    LMSFinish(none) {
      if (this.#state !== "running") return this.#refuse("301");
      if (none !== "") return this.#refuse("201");
      this.#state = "finished";
      return this.#done();
    }

    LMSCommit(none) {
      if (this.#state !== "running") return this.#refuse("301");
      return none === "" ? this.#done() : this.#refuse("201");
    }

    LMSGetValue(name) {
      if (this.#state !== "running") return this.#nothing("301");
      if (name in WRITE || /^cmi\.interactions\.\d+\./.test(name)) return this.#nothing("404");
      if (name === "cmi.interactions._count") return this.#tell(String(this.#interactions.length));
      if (!(name in READ) && !(name in BOTH)) return this.#nothing("201");
      return this.#tell(this.#values[name] ?? "");
    }

    LMSSetValue(name, value) {
      if (this.#state !== "running") return this.#refuse("301");
      if (typeof value !== "string") return this.#refuse("405");
      if (name in READ) return this.#refuse(name.endsWith("_children") || name.endsWith("_count") ? "402" : "403");
      const part = /^cmi\.interactions\.(\d+)\.(.+)$/.exec(name);
      if (part) return this.#interaction(Number(part[1]), part[2], value);
      const fits = BOTH[name] || WRITE[name];
      if (!fits) return this.#refuse("201");
      if (!fits(value)) return this.#refuse("405");
      this.#values[name] = value;
      return this.#done();
    }

    LMSGetLastError() {
      return this.#error;
    }

    LMSGetErrorString(code) {
      return `error ${code}`;
    }

    LMSGetDiagnostic(code) {
      return `error ${code}`;
    }

    #interaction(index, part, value) {
      if (index > this.#interactions.length || !(part in INTERACTION)) return this.#refuse("201");
      const around = this.#interactions[index] ?? {};
      if (!INTERACTION[part](value, around)) return this.#refuse("405");
      this.#interactions[index] = { ...around, [part]: value };
      return this.#done();
    }

    #done() {
      this.#error = "0";
      return "true";
    }

    #tell(value) {
      this.#error = "0";
      return value;
    }

    #refuse(code) {
      this.#error = code;
      return "false";
    }

    #nothing(code) {
      this.#error = code;
      return "";
    }
  };
})();
