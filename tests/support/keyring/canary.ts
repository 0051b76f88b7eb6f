import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const canary = (kind: string): string => `CANARY-${kind}-${randomBytes(30).toString('base64url')}`;

/** The files below a folder that hold a secret: raw, URL-encoded, base64 at each alignment, base64url, hex, each also as UTF-16. */
export function filesWith(folder: string, secrets: readonly string[]): string[] {
  const needles = secrets.flatMap((secret) => spellings(secret).flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]));
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file);
      return needles.some((needle) => content.includes(needle));
    });
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((lead) => Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64')
    .slice(Math.ceil((lead * 8) / 6), Math.floor(((lead + bytes.length) * 8) / 6)));
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
