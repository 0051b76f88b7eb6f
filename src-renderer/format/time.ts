/** A duration in milliseconds as people read it: `0.4 ms`, `34 ms`, `1.25 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 1) return `${Math.max(0, ms).toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`;
  return span(ms / 1000);
}

/** Seconds in at most two units: `43 s`, `2 min 5 s`, `3 h 12 min`, `5 d 2 h`. */
export function span(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const units: [number, string][] = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([size]) => whole >= size);
  if (first === -1) return '0 s';
  const [size, name] = units[first] as [number, string];
  const rest = units[first + 1];
  const main = `${Math.floor(whole / size)} ${name}`;
  const remainder = rest ? Math.floor((whole % size) / rest[0]) : 0;
  return rest && remainder > 0 ? `${main} ${remainder} ${rest[1]}` : main;
}

/** A countdown that does not change its width while it runs: `1:05`, `59:59`, `2:00:00`, `3 d 4 h`. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole >= 86_400) return span(whole);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Local time of day with milliseconds, `14:03:22.041`. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB', { hour12: false })}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Local time of day, `14:03`. */
export function shortTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** An instant both ways: local with its offset, and UTC. Out of the range of dates: `null`. */
export function instant(at: number): { local: string; utc: string } | null {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  const local = date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
  const minutes = -date.getTimezoneOffset();
  const offset = `${minutes < 0 ? '−' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
  return { local: `${local} (UTC${offset})`, utc: `${date.toISOString().replace('T', ' ').replace(/\.\d+Z$/, '')} UTC` };
}

/** How far an instant is from now: `in 2 min 5 s`, `12 s ago`, `now`. */
export function relative(at: number, now: number): string {
  const seconds = (at - now) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds > 0 ? `in ${span(seconds)}` : `${span(seconds)} ago`;
}
