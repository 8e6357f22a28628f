/* The page of a small LMS. Its address says what to do: ?course=ID&api=strict|scorm-again|none&mode=normal|review|browse.
   Every call that the course makes is sent to the server with its outcome; the server keeps what has been committed. */
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const course = asked.get("course");
  const store = `/store/${course}`;

  const read = new XMLHttpRequest();
  read.open("GET", store, false);
  read.send();
  const kept = { ...JSON.parse(read.responseText), "cmi.core.lesson_mode": asked.get("mode") || "normal" };

  const makers = {
    strict: () => new window.StrictApi(kept),
    "scorm-again": () => {
      const api = new window.Scorm12API({ autocommit: false, logLevel: 5 });
      api.loadFromFlattenedJSON(kept, "");
      return api;
    },
  };
  const make = makers[asked.get("api") || "strict"];
  if (make) {
    window.inside = make();
    window.API = recorded(window.inside);
  }

  /** A beacon outlives the page, but only so many bytes may be under way: what is refused is sent while the page waits. */
  function tell(entry) {
    if (navigator.sendBeacon(store, entry)) return;
    const write = new XMLHttpRequest();
    write.open("POST", store, false);
    write.send(entry);
  }

  /** The same functions, each call noted with its answer and the error that it left. */
  function recorded(api) {
    const names = ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish"];
    const told = ["LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"];
    const session = Date.now();
    let number = 0;
    const note = (name) => (...given) => {
      const answer = api[name](...given);
      const entry = { session, number: number++, name, given, answer: String(answer), error: String(api.LMSGetLastError()) };
      tell(JSON.stringify(entry));
      return answer;
    };
    return Object.fromEntries([
      ...names.map((name) => [name, note(name)]),
      ...told.map((name) => [name, (...given) => api[name](...given)]),
    ]);
  }

  document.getElementById("course").src = `/package/${course}/index.html`;
})();
