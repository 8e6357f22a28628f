/* An AU that does all that it should, and nothing more. */
(async () => {
  const asked = new URLSearchParams(location.search);
  if (!asked.get("fetch")) return;
  const endpoint = asked.get("endpoint");
  const agent = asked.get("actor");
  const answer = await fetch(asked.get("fetch"), { method: "POST" });
  const { "auth-token": token } = await answer.json();
  const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
  const document_ = (stateId) => `${endpoint}activities/state?${new URLSearchParams({ activityId: asked.get("activityId"), agent, registration: asked.get("registration"), stateId })}`;
  const { contextTemplate, launchMode } = await (await fetch(document_("LMS.LaunchData"), { headers })).json();
  const own = await fetch(document_("sent"), { headers });
  const sent = own.ok ? await own.json() : [];
  const category = [{ id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" }];
  const send = (verb, result) => {
    const id = crypto.randomUUID();
    const statement = {
      id,
      actor: JSON.parse(agent),
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } },
      object: { id: asked.get("activityId") },
      context: {
        ...contextTemplate,
        registration: asked.get("registration"),
        contextActivities: { ...contextTemplate.contextActivities, category },
      },
      timestamp: new Date().toISOString(),
      ...(result ? { result } : {}),
    };
    return fetch(`${endpoint}statements?statementId=${id}`, { method: "PUT", keepalive: true, headers, body: JSON.stringify(statement) });
  };
  await send("initialized");
  document.querySelector("button").addEventListener("click", async () => {
    if (launchMode !== "Normal" || sent.includes("completed")) return;
    sent.push("completed");
    await send("completed", { completion: true, duration: "PT5S" });
    await fetch(document_("sent"), { method: "PUT", headers, body: JSON.stringify(sent) });
  });
  addEventListener("pagehide", () => send("terminated", { duration: "PT9S" }));
})();
