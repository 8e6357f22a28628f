/* A strict SCORM 1.2 API that fails as it is told to. It sends what Moodle sends: what has changed since the last commit,
   whether that one arrived or not; by beacon, and with the answer "true", where a request cannot be made. */
window.FaultyApi = class {
  #course;
  #strict;
  #given = {};
  #sent;
  #session = String(performance.timeOrigin);
  #before = 0;
  #calls = [];
  #plan;
  #error = "0";
  #asked = -1000;

  constructor(course, mode) {
    this.#course = course;
    const { kept, plan } = JSON.parse(this.#ask("GET", ""));
    this.#plan = plan;
    this.#sent = { ...kept };
    this.#strict = new window.StrictApi({ ...kept, ...plan.told, "cmi.core.lesson_mode": mode });
    for (const name of ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish"]) {
      const act = this[name].bind(this);
      this[name] = (...given) => {
        this.#error = "";
        const call = [name, ...given];
        this.#calls.push(call);
        (window.calls ||= []).push(call);
        const answer = act(...given);
        call.push(answer);
        return answer;
      };
    }
  }

  LMSInitialize(none) {
    this.#refresh();
    return this.#plan.initialize ? this.#strict.LMSInitialize(none) : this.#refuse("101");
  }

  LMSGetValue(name) {
    if (this.#refresh().dead) {
      this.#refuse("101");
      return "";
    }
    return name === "cmi.suspend_data" && name in this.#given ? this.#given[name] : this.#strict.LMSGetValue(name);
  }

  LMSSetValue(name, value) {
    const { dead, sets, refuse, cut } = this.#refresh();
    if (dead || !sets) return this.#refuse(dead ? "101" : "391");
    const state = name === "cmi.suspend_data";
    if (state && refuse !== null && value.length > refuse) return this.#refuse("405");
    const answer = this.#strict.LMSSetValue(name, value);
    if (answer === "true") this.#given[name] = state && cut !== null ? value.slice(0, cut) : value;
    return answer;
  }

  LMSCommit(none) {
    const answer = this.#strict.LMSCommit(none);
    return answer === "true" && !this.#send() ? this.#refuse("101") : answer;
  }

  LMSFinish(none) {
    const answer = this.#strict.LMSFinish(none);
    return answer === "true" && !this.#send(true) ? this.#refuse("101") : answer;
  }

  LMSGetLastError() {
    return this.#error || this.#strict.LMSGetLastError();
  }

  LMSGetErrorString(code) {
    return this.#strict.LMSGetErrorString(code);
  }

  LMSGetDiagnostic(code) {
    return this.#strict.LMSGetDiagnostic(code);
  }

  #refuse(code) {
    this.#error = code;
    return "false";
  }

  /** The plan as the test has it now; without a network, as it was. Asked for once in a row of calls. */
  #refresh() {
    if (performance.now() - this.#asked < 30) return this.#plan;
    this.#asked = performance.now();
    try {
      this.#plan = JSON.parse(this.#ask("GET", "")).plan;
    } catch {
      // As it was.
    }
    return this.#plan;
  }

  #send(last = false) {
    const changed = Object.entries(this.#given).filter(([name, value]) => this.#sent[name] !== value);
    const values = Object.fromEntries(changed);
    Object.assign(this.#sent, values);
    const message = { session: this.#session, before: this.#before, last, values, calls: this.#calls.splice(0) };
    try {
      const answer = this.#ask("POST", JSON.stringify({ ...message, leaving: false }));
      this.#before += 1;
      return answer === "true";
    } catch {
      // Beacons come in any order; without a network they never come.
      navigator.sendBeacon(`/store/${this.#course}`, JSON.stringify({ ...message, leaving: true }));
      this.#before += Number(navigator.onLine);
      return true;
    }
  }

  #ask(method, body) {
    const request = new XMLHttpRequest();
    request.open(method, `/store/${this.#course}`, false);
    request.send(body);
    return request.responseText;
  }
};
