import { MARKER_OPEN } from '../contract/marker.ts';

const words = /^\W*(?:redacted|removed|hidden|masked|omitted|censored|sanitized|filtered|scrubbed|placeholder|snip(?:ped)?|your[-_ ]\w+(?:[-_ ]\w+)*|\w+[-_ ]here)\W*$/i;
/** As documentation writes them; in small letters they may well be real values of a test server. */
const capitals = /^(?:AUTH(?:ORIZATION)?_?CODE|CODE|(?:ACCESS|REFRESH|ID)_?TOKEN|TOKEN|CLIENT_?(?:ID|SECRET)|SECRET|CODE_?(?:VERIFIER|CHALLENGE)|PASSWORD|VALUE|EXAMPLE)$/;

/**
 * Whether a value stands in the place of one that somebody took out before sharing (`[REDACTED]`, `***`, `<code>`, `xxxx`, `abc…`).
 * Such a value proves nothing: it is neither compared nor hashed nor measured.
 */
export function isPlaceholder(value: string): boolean {
  if (value.includes(MARKER_OPEN)) return false;
  if (value === '[object Object]') return false;
  return words.test(value) || capitals.test(value)
    || /[*•●█…]{2,}|…|\.{3,}/.test(value)
    || /^[<[{(].*[>\]})]$/.test(value) || /\$\{|\{\{|%\w+%$|^\$[A-Za-z_]/.test(value)
    || /^[\W_]*([xX0?#-])\1{2,}[\W_]*$/.test(value)
    || /[xX]{6,}|redacted|removed/i.test(value);
}

/** Whether the characters of a value are known: neither a placeholder nor the marker of a masked secret. */
export function isReadable(value: string): boolean {
  return !value.includes(MARKER_OPEN) && !isPlaceholder(value);
}
