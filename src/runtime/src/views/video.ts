import type { PackageData } from "../types.ts";

/** Where the file cannot be read (opened from a disk, refused by a server) the captions come from the package data. */
export function mendCaptions(data: PackageData): void {
  for (const track of document.querySelectorAll<HTMLTrackElement>("video track")) {
    const mend = (): void => replace(track, data);
    if (track.readyState === HTMLTrackElement.ERROR) mend();
    else track.addEventListener("error", mend, { once: true });
  }
}

function replace(track: HTMLTrackElement, data: PackageData): void {
  const video = track.closest("video");
  const cues = data.captions[video?.dataset.video ?? ""];
  if (!video || !cues || track.srclang !== data.lang) return;
  const spare = video.addTextTrack("captions", track.label, track.srclang);
  for (const [from, to, text] of cues) spare.addCue(new VTTCue(from, to, text));
  spare.mode = track.default ? "showing" : "disabled";
  track.remove();
}
