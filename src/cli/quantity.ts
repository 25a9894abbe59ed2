/** Numbers as a person reads them on a terminal. */

/** `1234567` → `1,234,567`. */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Three significant digits with an SI prefix: `1234567` → `1.23 M`; below 1000 without one. */
export function si(n: number): string {
  if (!Number.isFinite(n)) return "–";
  let value = Math.abs(n);
  let prefix = 0;
  while (value >= 999.5 && prefix < 5) {
    value /= 1000;
    prefix++;
  }
  const digits = value >= 99.95 || (prefix === 0 && Number.isInteger(n)) ? 0 : value >= 9.995 ? 1 : 2;
  const sign = n < 0 ? "-" : "";
  return `${sign}${value.toFixed(digits)}${prefix === 0 ? "" : ` ${"kMGTP"[prefix - 1]}`}`;
}

/** Bytes in decimal units: `12300000` → `12.3 MB`. */
export function bytes(n: number): string {
  const text = si(n);
  return text.includes(" ") ? `${text}B` : `${text} B`;
}

/** Events per second; `–` where no time has passed. */
export function rate(events: number, seconds: number): string {
  return seconds > 0 ? `${si(events / seconds)}/s` : "–";
}

/** `0.41` → `0.4 s`, `75` → `1 min 15 s`, `7500` → `2 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number): string => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** `plural(1, "file")` → `1 file`, `plural(2, "file")` → `2 files`. */
export function plural(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
}
