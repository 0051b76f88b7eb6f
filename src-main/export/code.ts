import type { Exchange, Problem, Result } from '../contract/index.ts';
import { fail, messageParts, ok, replayLabelOf } from '../contract/index.ts';
import { textOf } from './har.ts';
import { asciiOf } from './http-text.ts';

export type Language = 'javascript' | 'python' | 'go' | 'java' | 'csharp';

interface Variable { name: string; describes: string }

interface LanguageForm {
  client: 'fetch' | 'requests' | 'native' | 'nethttp' | 'httpclient';
  comment: string;
  variable(name: string): string;
  /** Makes the code of the library whole, given that it reads variables or not. */
  finish(code: string, variables: boolean): string;
}

const forms: Readonly<Record<Language, LanguageForm>> = {
  javascript: { client: 'fetch', comment: '//', variable: (name) => `process.env.${name}`, finish: (code) => code },
  python: { client: 'requests', comment: '#', variable: (name) => `os.environ["${name}"]`, finish: (code, variables) => (variables ? `import os\n${code}` : code) },
  go: { client: 'native', comment: '//', variable: (name) => `os.Getenv("${name}")`, finish: (code, variables) => (variables ? code.replace('import (\n', 'import (\n\t"os"\n') : code) },
  java: { client: 'nethttp', comment: '//', variable: (name) => `System.getenv("${name}")`, finish: (code) => code },
  // The constructor takes no parameters such as charset.
  csharp: { client: 'httpclient', comment: '//', variable: (name) => `Environment.GetEnvironmentVariable("${name}")`, finish: (code) => code.replaceAll('new MediaTypeHeaderValue(', 'MediaTypeHeaderValue.Parse(') },
};

/** Set by the HTTP libraries themselves; those that get Accept-Encoding from the code no longer decode the answer. */
const OWN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'accept-encoding']);
const URL_TOKEN = 'https://grantscope-url.invalid/';

/**
 * Writes a request as code, secrets as environment variables.
 *
 * The library lays the code out, but its escaping lets a quote or a backslash end a string. So it never sees a value of the request:
 * it gets a word for each one, and the words are replaced by literals that are valid in all five languages.
 *
 * @param exchange masked, with pseudonyms; or raw where secrets were asked for
 * @param variables the pseudonyms that may stand in it
 */
export async function codeOf(exchange: Exchange, language: Language, variables: readonly Variable[]): Promise<Result<{ text: string; warnings: string[] }>> {
  const { headers, body } = messageParts(exchange.request);
  const text = textOf(body);
  if (text === null) return fail(problem('Its body is no UTF-8 text.'));
  if (!/^[A-Za-z]{1,20}$/.test(exchange.method)) return fail(problem('Its method is no ordinary word.'));
  const kept = headers.filter(({ name }) => !OWN.has(name.toLowerCase()));
  if (kept.some(({ name }) => !/^[A-Za-z0-9][\w.-]*$/.test(name))) return fail(problem('A header has a name that is no ordinary word.'));
  if (new Set(kept.map(({ name }) => name.toLowerCase())).size < kept.length) return fail(problem('A header was sent twice.'));
  const values = kept.map(({ value }) => textOf(value));
  if (values.includes(null)) return fail(problem('A header holds bytes that are no UTF-8 text.'));
  const { HTTPSnippet } = await import('@readme/httpsnippet');
  const form = forms[language];
  const word = (index: number): string => `grantscope${index}value`;
  const laidOut = new HTTPSnippet({
    method: exchange.method, url: URL_TOKEN, httpVersion: 'HTTP/1.1', cookies: [], queryString: [], headersSize: -1, bodySize: -1,
    headers: kept.map(({ name }, index) => ({ name, value: word(index) })),
    ...(text !== '' && { postData: { mimeType: 'text/plain', text: word(kept.length) } }),
  } as ConstructorParameters<typeof HTTPSnippet>[0]).convert(language, form.client);
  const whole = Array.isArray(laidOut) ? laidOut[0] : laidOut;
  const type = kept.findIndex(({ name }) => name.toLowerCase() === 'content-type');
  // The C# client takes the media type from the body, not from the header.
  const code = typeof whole === 'string' && type !== -1 ? whole.replace('MediaTypeHeaderValue("text/plain")', `MediaTypeHeaderValue("${word(type)}")`) : whole;
  if (typeof code !== 'string') return fail(problem('The library gave no code for it.'));
  const fillings = new Map<string, string>([[URL_TOKEN, exchange.url], ...values.map((value, index): [string, string] => [word(index), value ?? '']), ...(text === '' ? [] : [[word(kept.length), text] as [string, string]])]);
  const known = new Set(variables.map(({ name }) => name));
  const used = new Set<string>();
  const filled = code.replace(/(["'])(https:\/\/grantscope-url\.invalid\/|grantscope\d+value)\1/g, (found, quote: string, token: string) => {
    const value = fillings.get(token);
    if (value === undefined) return found;
    fillings.delete(token);
    return expressionOf(value, quote, known, (name) => {
      used.add(name);
      return form.variable(name);
    });
  });
  // Each word once, as a literal of its own.
  if (fillings.size > 0 || code.match(/grantscope(?:\d+value|-url)/g)?.length !== kept.length + (text === '' ? 1 : 2)) return fail(problem('The library leaves a part of it out.'));
  const { label, why } = replayLabelOf(exchange);
  const about = [
    `${exchange.purpose} request, recorded ${new Date(exchange.times.started).toISOString()}`, `Sending it again: ${label}. ${why}`,
    ...variables.filter(({ name }) => used.has(name)).map(({ name, describes }) => `Environment variable ${name}: ${describes}`),
  ];
  return ok({
    text: `${about.map((line) => `${form.comment} ${asciiOf(line)}`).join('\n')}\n${form.finish(filled, used.size > 0)}\n`,
    warnings: ['The library sends headers of its own and in its own order; for the same bytes use curl.'],
  });
}

/** A string expression in which variables stand between literals. */
function expressionOf(value: string, quote: string, known: ReadonlySet<string>, variable: (name: string) => string): string {
  const parts = value.split(/\{\{([A-Z][A-Z0-9_]*)\}\}/);
  const terms: string[] = [];
  let text = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 2) {
    const [name = '', after = ''] = [parts[at], parts[at + 1]];
    if (!known.has(name)) {
      text += `{{${name}}}${after}`;
      continue;
    }
    if (text !== '' || terms.length === 0) terms.push(literalOf(text, quote));
    terms.push(variable(name));
    text = after;
  }
  if (text !== '' || terms.length === 0) terms.push(literalOf(text, quote));
  return terms.join(' + ');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', "'": '\\u0027', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A literal with escapes that mean the same in JavaScript, Python, Go, Java and C#, in either kind of quotes. */
function literalOf(text: string, quote: string): string {
  const escaped = text.replace(/[\\"'\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (c) => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${quote}${escaped}${quote}`;
}

const problem = (why: string): Problem => ({ code: 'not-exportable', message: 'This request cannot be written as code that sends it.', why, next: 'Use curl, raw HTTP or HAR.' });
