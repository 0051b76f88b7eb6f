import type { JsonLine } from '../../src-main/contract/read/json-lines.ts';
import { literalText } from '../../src-main/contract/read/json-lines.ts';
import { claimMeaning } from '../../src-main/contract/read/jwt-names.ts';
import { parameterWords } from '../../src-main/contract/read/parameter-words.ts';
import { meaningOf } from '../format/oauth-errors.ts';
import { instant } from '../format/time.ts';

/** What a member of the outermost object of an answer means, for a tip; `undefined` where nothing is known. */
export function memberNote(lines: readonly JsonLine[], line: number): string | undefined {
  const { key, depth, text = '' } = lines[line] ?? {};
  if (key === undefined || depth !== 1 || lines[0]?.text !== '{') return undefined;
  const name = literalText(key);
  if (name === 'error') {
    const error = meaningOf(literalText(text));
    if (error) return `${error.meaning} (${error.section})`;
  }
  const parameter = parameterWords(name);
  if (parameter) return `${parameter.text} (${parameter.section})`;
  const claim = claimMeaning(name);
  if (!claim) return undefined;
  const time = claim.time && /^\d{1,13}$/.test(text) ? instant(Number(text) * 1000) : null;
  return `${claim.title}: ${claim.meaning} (${claim.section})${time ? ` ${time.local}` : ''}`;
}
