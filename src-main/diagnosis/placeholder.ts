import { MARKER_OPEN } from '../contract/marker.ts';

const words = /^\W*(?:redacted|removed|hidden|masked|secret|password|omitted|censored|sanitized|filtered|scrubbed|placeholder|dummy|example|your[-_ ]?\w*|some[-_ ]?\w*|my[-_ ]?(?:code|token|secret|client\w*)|the[-_ ]?(?:code|token|secret)|code|token|(?:auth(?:orization)?|access|refresh|client|code)[-_ ]?(?:code|token|secret|id|verifier|challenge)(?:[-_ ]?here)?|snip(?:ped)?|value|string|null|undefined|n\/a)\W*$/i;

/**
 * Whether a value stands in the place of one that somebody took out before sharing (`[REDACTED]`, `***`, `<code>`, `xxxx`, `abc…`).
 * Such a value proves nothing: it is neither compared nor hashed nor measured.
 */
export function isPlaceholder(value: string): boolean {
  if (value.includes(MARKER_OPEN)) return false;
  return words.test(value)
    || /[*•●█…]{2,}|…|\.{3,}/.test(value)
    || /^[<[{(].*[>\]})]$/.test(value) || /\$\{|\{\{|%\w+%$|^\$[A-Za-z_]/.test(value)
    || /^[\W_]*([xX0?#-])\1{2,}[\W_]*$/.test(value)
    || /[xX]{6,}|redacted|removed/i.test(value);
}

/** Whether the characters of a value are known: neither a placeholder nor the marker of a masked secret. */
export function isReadable(value: string): boolean {
  return !value.includes(MARKER_OPEN) && !isPlaceholder(value);
}
