/* Opens the course: ?frames=N so many frames further down, the first of them at ?foreign=ADDRESS; ?popup=1 in a window of
   its own. The API comes after ?late=MILLISECONDS; with ?api=inside it is put into the course's own window, and with
   ?api=none nowhere. */
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const frames = Number(asked.get("frames") || "1");
  const course = asked.get("course");
  if (window.FaultyApi && !asked.get("api")) {
    const arrive = () => { window.API = new window.FaultyApi(course, asked.get("mode") || "normal"); };
    if (asked.get("late")) setTimeout(arrive, Number(asked.get("late")));
    else arrive();
  }
  const below = new URLSearchParams({ course, frames: String(frames - 1), home: asked.get("home") || location.origin });
  const foreign = asked.get("foreign") || "";
  const home = below.get("home");
  const address = frames > 1 ? `${foreign || home}/lms/frame.html?${below}` : `${home}/package/${course}/index.html`;
  if (asked.get("popup")) {
    window.addEventListener("click", () => window.open(address, "kurs", "popup"));
    return;
  }
  const frame = document.createElement("iframe");
  frame.id = "course";
  frame.title = "Kurs";
  frame.src = address;
  document.body.append(frame);
  if (asked.get("api") === "inside") {
    frame.addEventListener("load", () => { frame.contentWindow.API = new window.FaultyApi(course, "normal"); });
  }
})();
