/** Launch addresses as LMSs write them. */

export const REGISTRATION = "0f5b4a3e-9c1d-4e2f-8a7b-6c5d4e3f2a1b";
export const ACTOR = {
  objectType: "Agent",
  account: { homePage: "https://lms.example.no", name: "kari-42" },
};

export function tinCan(endpoint: string, change: Record<string, string | null> = {}): string {
  return query({
    endpoint,
    auth: "Basic a2FyaTpoZW1tZWxpZw==",
    actor: JSON.stringify(ACTOR),
    registration: REGISTRATION,
    activity_id: "https://kurs.example.no/dt/strategi",
    "Accept-Language": "nb",
    external_id: "7",
    ...change,
  });
}

export function cmi5(address: string, change: Record<string, string | null> = {}): string {
  return query({
    endpoint: `${address}/xapi/`,
    fetch: `${address}/fetch?k=1`,
    actor: JSON.stringify(ACTOR),
    registration: REGISTRATION,
    activityId: "https://lms.example.no/au/17",
    ...change,
  });
}

function query(parameters: Record<string, string | null>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== null);
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
