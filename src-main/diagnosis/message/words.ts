import { parseJson } from '../../contract/read/json.ts';
import { isStandardError } from './error-codes.ts';

/** Links, identifiers and dates say nothing of the fault. */
const silent = /^https?:|^[0-9a-f-]{16,}$|^\d{4}-\d\d-/i;
/** Members that hold a message of their own beside error_description, as servers name them. */
const speaking = /^(?:.*_)?(?:hint|debug|reason|message|msg|detail|details|cause|description|summary|title|status_description)$|^(?:moreInfo|errorMessage|errorReason|errorSummary|errorDetail|errors|fault|faultstring)$/i;

/** The words of an answer: the strings of JSON, or the text of a page or of XML without its markup. One sentence a line. */
export function wordsOf(body: string): string {
  const cut = body.slice(0, 20_000);
  if (/^\s*[{[]/.test(cut)) {
    const json = parseJson(cut);
    return (json === undefined ? stringsOf(cut) : spoken(json, 0, () => true)).filter((value) => !isStandardError(value) && !silent.test(value)).join('\n');
  }
  if (/^\s*<\?xml|^\s*<(?!!doctype|html)[\w:]+[^>]*>\s*</i.test(cut)) return cut.replace(/<[^>]*>/g, '\n').split('\n').filter((line) => line.trim() !== '' && !isStandardError(line.trim())).join('\n').slice(0, 3000);
  if (/<[a-z!?]/i.test(cut)) return cut.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<\/(?:p|div|h\d|li|title|td|tr)>|<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, ' ').replace(/[ \t]+/g, ' ').slice(0, 3000);
  return cut.slice(0, 3000);
}

/** What a JSON answer says beside its description; empty where that is all. */
export function besideDescription(body: string, description: string): string {
  if (!/^\s*[{[]/.test(body) || !/hint|debug|reason|message|detail|errors|cause|fault|"description/i.test(body)) return '';
  const json = parseJson(body.slice(0, 20_000));
  if (json === undefined) return '';
  return spoken(json, 0, (name) => speaking.test(name)).filter((value) => value !== description && !description.includes(value) && !isStandardError(value) && !silent.test(value)).join('\n').slice(0, 2000);
}

/** Cut or broken JSON: whatever stands in quotation marks and is no member's name. */
function stringsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.){1,600})"\s*(:?)/g)].filter(([, , colon]) => colon === '').map(([, value]) => value as string);
}

/** Objects that only hold single words (`{ resource, field, code }`) make one sentence together; everything else speaks for itself. */
function spoken(value: unknown, depth: number, wanted: (name: string) => boolean): string[] {
  if (depth > 6) return [];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((one: unknown) => spoken(one, depth + 1, () => true));
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).filter(([name]) => wanted(name)).slice(0, 40);
  const words = members.map(([, member]: [string, unknown]) => member).filter((member): member is string => typeof member === 'string' && /^[\w.-]{1,40}$/.test(member) && !silent.test(member));
  const rest = members.filter(([, member]) => !words.includes(member as string));
  return [...(depth > 0 && words.length > 1 ? [words.join(' ')] : words), ...rest.flatMap(([, member]: [string, unknown]) => spoken(member, depth + 1, () => true))];
}
