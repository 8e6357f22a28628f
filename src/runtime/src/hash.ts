/** Hashes and identifiers, without crypto.subtle: that is missing where an LMS still runs on plain http. */

export const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** FNV-1a, 32 bits, over the UTF-16 units of a text. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The low 24 bits of a number as four characters of base64url, highest first. */
export function base64url24(bits: number): string {
  return [18, 12, 6, 0].map((shift) => ALPHABET[(bits >>> shift) & 63]).join("");
}

/** A random UUID; or, with a seed, always the same UUID for the same seed. */
export function uuid(seed?: string): string {
  const words =
    seed === undefined
      ? crypto.getRandomValues(new Uint32Array(4))
      : [1, 2, 3, 4].map((n) => fnv1a(n + seed + n));
  const hex = Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
  const version = `4${hex.slice(13, 16)}`;
  const variant = "89ab"[parseInt(hex[16]!, 16) & 3] + hex.slice(17, 20);
  return [hex.slice(0, 8), hex.slice(8, 12), version, variant, hex.slice(20)].join("-");
}
