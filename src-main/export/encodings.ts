import type { Bytes } from '../contract/index.ts';
import { bytesOf } from '../contract/index.ts';

/** A percent-encoding: which characters stay beside letters and digits, how a space and the hex digits are written. */
export interface Style { keep: string; space: '+' | '%20'; lower: boolean }

// The URL Standard's form serialiser, encodeURIComponent, RFC 3986 unreserved, RFC 6749 appendix B taken strictly.
const keeps = ['*-._', "-_.!~*'()", '-._~', ''];
const styles: readonly Style[] = keeps.flatMap((keep) => (['+', '%20'] as const).flatMap((space) => [false, true].map((lower) => ({ keep, space, lower }))));

/** @param bytes UTF-8, one character a byte */
export function encode(bytes: Bytes, { keep, space, lower }: Style): string {
  return bytes.replace(/[^A-Za-z0-9]/g, (c) => {
    if (keep.includes(c)) return c;
    if (c === ' ') return space;
    const hex = c.charCodeAt(0).toString(16).padStart(2, '0');
    return `%${lower ? hex : hex.toUpperCase()}`;
  });
}

/** How a value became the bytes that were sent: `plain`, a style, or `null` where no common encoder gives them. */
export function styleOf(value: string, sent: Bytes): Style | 'plain' | null {
  const bytes = bytesOf(value);
  if (bytes === sent) return 'plain';
  return styles.find((style) => encode(bytes, style) === sent) ?? null;
}

/** Every way a value can look, the value itself first. */
export function appearances(value: string): Bytes[] {
  const bytes = bytesOf(value);
  const escaped = bytesOf(JSON.stringify(value).slice(1, -1));
  return [...new Set([bytes, escaped, escaped.replaceAll('/', '\\/'), ...styles.map((style) => encode(bytes, style))])];
}

/**
 * A shell function that encodes its argument in a style. POSIX sh with od and awk; the value passes through builtins and pipes
 * only, never through the arguments of a program. Characters that an interactive shell could read as history are octal.
 */
export function shellFunction(name: string, { keep, space, lower }: Style): string {
  const kept = [...keep].map((c) => (/[-._~*]/.test(c) ? c : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)).join('');
  return [
    `${name}() {`,
    `  printf '%s' "$1" | LC_ALL=C od -An -v -tx1 | LC_ALL=C awk -v keep='${kept}' '`,
    '    BEGIN { for (i = 33; i < 127; i++) { c = sprintf("%c", i); if (c ~ /[A-Za-z0-9]/ || index(keep, c)) plain[sprintf("%02x", i)] = c } }',
    `    { for (i = 1; i <= NF; i++) if ($i in plain) printf "%s", plain[$i]; else printf "%s", ${space === '+' ? '$i == "20" ? "+" : ' : ''}"%" ${lower ? '$i' : 'toupper($i)'} }'`,
    '}',
  ].join('\n');
}
