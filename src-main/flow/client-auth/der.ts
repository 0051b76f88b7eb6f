/** The few DER types a certificate needs (ITU-T X.690). Each function returns the whole encoded value. */

export const sequence = (...parts: readonly Buffer[]): Buffer => encoded(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => encoded(0x31, ...parts);
export const explicit = (tag: number, ...parts: readonly Buffer[]): Buffer => encoded(0xa0 | tag, ...parts);
/** A value without parts under a context tag. */
export const context = (tag: number, value: Buffer): Buffer => encoded(0x80 | tag, value);
export const boolean = (value: boolean): Buffer => encoded(0x01, Buffer.from([value ? 0xff : 0]));
export const octets = (value: Buffer): Buffer => encoded(0x04, value);
export const text = (value: string): Buffer => encoded(0x0c, Buffer.from(value, 'utf8'));

/** @param value big-endian; its first bit is the sign */
export const integer = (value: Buffer): Buffer => encoded(0x02, value);

/** @param unused bits at the end that do not count */
export const bitString = (value: Buffer, unused = 0): Buffer => encoded(0x03, Buffer.from([unused]), value);

/** UTCTime; for years up to 2049 (RFC 5280 §4.1.2.5.1). @param at milliseconds since 1970 */
export function time(at: number): Buffer {
  return encoded(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return encoded(0x06, Buffer.from(bytes));
}

function encoded(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const digits = value.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}
