/* Gives the page the API that content looks for; `window.sitting` is for whoever plays. Values kept from earlier come in. */
(kept) => {
  const lms = window.kurspakkeLms.scorm12(kept, "en");
  const steps = [];
  let step = 0;
  const counted = ([name, act]) => [name, (...given) => {
    const before = lms.calls.length;
    const answer = act(...given);
    if (lms.calls.length > before) steps.push(step);
    return answer;
  }];
  window.API = Object.fromEntries(Object.entries(lms.api).map(counted));
  window.sitting = {
    begin: (now) => { step = now; },
    calls: () => JSON.stringify(lms.calls.map((call, at) => ({ ...call, given: call.given.map(String), step: steps[at] }))),
    committed: () => lms.committed(),
    finished: () => lms.calls.some((call) => call.name === "LMSFinish" && call.answer === "true"),
  };
}
