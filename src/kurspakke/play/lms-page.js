/* Gives the page the API that content looks for; `window.sitting` is for whoever plays. Values kept from earlier come in,
   with the API's name, the call that ends a session, and the most characters of the saved state. */
({ kept, api, end, state }) => {
  const { scorm12, scorm2004 } = window.kurspakkeLms;
  const lms = api === "API" ? scorm12(kept, "en") : scorm2004(kept, "en", state);
  const steps = [];
  let step = 0;
  const counted = ([name, act]) => [name, (...given) => {
    const before = lms.calls.length;
    const answer = act(...given);
    if (lms.calls.length > before) steps.push(step);
    return answer;
  }];
  window[api] = Object.fromEntries(Object.entries(lms.api).map(counted));
  window.sitting = {
    begin: (now) => { step = now; },
    calls: () => JSON.stringify(lms.calls.map((call, at) => ({ ...call, given: call.given.map(String), step: steps[at] }))),
    committed: () => lms.committed(),
    finished: () => lms.calls.some((call) => call.name === end && call.answer === "true"),
  };
}
