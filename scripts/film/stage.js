// Shows the film's picture at one moment: seek(seconds). The same moment always gives the same picture.
"use strict";
(() => {
  const takes = JSON.parse(document.getElementById("takes").textContent);
  const smooth = (share) => share * share * (3 - 2 * share);
  const between = (from, to, share) => from + (to - from) * share;
  const clamp = (value) => Math.min(1, Math.max(0, value));

  const valueOf = (moves, now) => {
    // The last move that has begun decides; before the first, its starting value does.
    const begun = moves.filter((move) => move.at <= now);
    const move = begun.length ? begun[begun.length - 1] : moves[0];
    return between(move.from, move.to, smooth(clamp((now - move.at) / move.seconds)));
  };

  const place = (take, target, now) => {
    const element = document.getElementById(`${take.id}--${target}`);
    const state = { opacity: 1, x: 0, y: 0, scale: 1, rotate: 0, draw: 1 };
    for (const property of Object.keys(state)) {
      const moves = take.moves.filter((move) => move.target === target && move.property === property);
      if (moves.length) state[property] = valueOf(moves, now);
    }
    for (const sway of take.sways.filter((one) => one.target === target)) {
      state[sway.property] += sway.amount * Math.sin((2 * Math.PI * now) / sway.period);
    }
    const pivot = take.sways.find((sway) => sway.target === target && sway.pivot);
    const style = element.style;
    style.transformBox = "fill-box";
    style.transformOrigin = pivot ? pivot.pivot : state.rotate ? "50% 100%" : "50% 50%";
    style.transform = `translate(${state.x}px,${state.y}px) rotate(${state.rotate}deg) scale(${state.scale})`;
    style.opacity = state.opacity;
    if (take.moves.some((move) => move.target === target && move.property === "draw")) {
      // Round line ends would show as a dot before the line has begun.
      style.visibility = state.draw > 0.001 ? "visible" : "hidden";
      style.strokeDasharray = "1 1";
      style.strokeDashoffset = 1 - state.draw;
    }
  };

  window.seek = (now) => {
    takes.forEach((take, index) => {
      const scene = document.getElementById(take.id);
      const shown = index === 0 ? 1 : smooth(clamp((now - take.start) / take.fade));
      const over = index < takes.length - 1 && now > take.end + takes[index + 1].fade;
      scene.style.display = shown > 0 && !over ? "inline" : "none";
      if (shown === 0 || over) return;
      scene.style.opacity = shown;
      const share = smooth(clamp((now - take.start) / (take.end + take.fade - take.start)));
      const [x, y, zoom] = [0, 1, 2].map((part) => between(take.first[part], take.last[part], share));
      scene.setAttribute("transform", `translate(640 360) scale(${zoom}) translate(${-x} ${-y})`);
      const targets = new Set([...take.moves, ...take.sways].map((one) => one.target));
      targets.forEach((target) => place(take, target, now));
    });
  };
})();
