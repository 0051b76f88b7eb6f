import type { Case } from '../case/case.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { alteration } from '../diff/alteration.ts';
import { atParameter } from '../evidence.ts';
import { isNothingWord } from '../nothing-word.ts';
import { isPlaceholder, isReadable } from '../placeholder.ts';

export const codeInvalid = defineCause({
  id: 'code_invalid', family: 'code', scope: 'code',
  title: 'The code is not one the server can read or find',
  fix: 'Send the code exactly as it arrived: percent-decoded once, whole, to the server that issued it.',
  tellApart: 'Compare the code in the callback with the one sent, character by character.',
  unknowable: 'The callback is not recorded, so the code sent cannot be compared with the one received.',
  examine: (c) => {
    const code = c.request === null ? undefined : sent(c.request, 'code');
    if (c.request === null || code === undefined || isPlaceholder(code)) return [];
    const earlier = c.before.find(({ tokens }) => tokens !== null && [tokens.access, tokens.refresh, tokens.id].includes(code));
    if (earlier) return [atParameter(92, c.request, 'code', `What was sent as code is the ${earlier.tokens?.access === code ? 'access' : earlier.tokens?.id === code ? 'ID' : 'refresh'} token of an earlier answer.`)];
    if (isNothingWord(code)) return [atParameter(88, c.request, 'code', `What was sent as code is the word “${code.trim()}”: the program had no value there.`)];
    const received = c.callback?.code;
    if (received === undefined || isPlaceholder(received)) {
      if (!isReadable(code)) return [];
      if (code.length < 4) return [atParameter(6, c.request, 'code', `The code sent is only ${code.length} characters long.`)];
      return [];
    }
    if (received === code) return [atParameter(sameServer(c) ? -85 : -60, c.request, 'code', `The code was sent exactly as it arrived in the callback${sameServer(c) ? ', to the server that issued it' : ''}.`)];
    const values: [string, string][] = [['Length in the callback', `${received.length}`], ['Length as sent', `${code.length}`]];
    const changed = isReadable(code) && isReadable(received) ? alteration(received, code) : null;
    return [changed !== null
      ? atParameter(16, c.request, 'code', `The code sent is not the code of the callback: ${changed.text}.`, { values })
      : atParameter(82, c.request, 'code', 'The code sent is an entirely different one from the code of the callback.', { values })];
  },
});

function sameServer(c: Case): boolean {
  const there = c.authorization?.url ?? '';
  const here = c.request?.exchange.url ?? '';
  return URL.canParse(there) && URL.canParse(here) && new URL(there).host === new URL(here).host;
}
