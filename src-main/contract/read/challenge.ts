const PARAMETER = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|([^\s",]+))/y;

/**
 * The parameters of all challenges in a `WWW-Authenticate` value, names in lower case; of a name that stands twice the first counts.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function challengeParameters(value: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = 0;
  while (at < value.length) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(value);
    if (!found) {
      // A scheme name, a token68 or a comma: on to what may begin a name.
      at = nextStart(value, at);
      continue;
    }
    const name = (found[1] as string).toLowerCase();
    const text = found[2] === undefined ? (found[3] as string) : found[2].replace(/\\([^])/g, '$1');
    if (!parameters.has(name)) parameters.set(name, text);
    at = PARAMETER.lastIndex;
  }
  return parameters;
}

function nextStart(value: string, at: number): number {
  if (value[at] === '"') {
    const end = value.indexOf('"', at + 1);
    return end === -1 ? value.length : end + 1;
  }
  const rest = /[^\s,"]*[\s,]*/y;
  rest.lastIndex = at;
  rest.exec(value);
  return Math.max(rest.lastIndex, at + 1);
}
