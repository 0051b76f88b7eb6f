import type { Exchange, RunEvent } from '../../../src-main/contract/index.ts';
import { bytesOf } from '../../../src-main/contract/index.ts';

export interface Told { grant: string; parameters: Record<string, string>; headers: Record<string, string>; status: number; answer: string; type: string }

// Only what could stand in a header line; markers pass.
const lineOf = (text: string): string => text.replace(/[\r\n\0]/g, ' ');
const component = (text: string): string => (text.includes('\ue0f0') ? text : encodeURIComponent(text.toWellFormed()));

/** Token requests as an import would hold them, without times. */
export function importText(told: readonly Told[]): RunEvent[] {
  let seq = 0;
  const stamp = () => ({ seq: seq++, at: 1_700_000_000_000, mono: 0, boot: 'imported' });
  const events: RunEvent[] = [{
    ...stamp(), type: 'run-started', runId: '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10', origin: 'imported', environment: null, client: { id: '', authMethod: 'none' }, browser: 'print', versions: {}, hasSecret: false, title: 'Told',
  }];
  told.forEach(({ grant, parameters, headers, status, answer, type }, index) => {
    const body = [['grant_type', grant], ...Object.entries(parameters)].map(([name = '', value = '']) => `${component(name)}=${component(value)}`).join('&');
    const head = `HTTP/1.1 ${status} X\r\n${type === '' ? '' : `Content-Type: ${type}\r\n`}${Object.entries(headers).map(([name, value]) => `${name.replace(/[^\w-]/g, '') || 'X'}: ${lineOf(bytesOf(value.toWellFormed()))}\r\n`).join('')}\r\n`;
    const exchange: Exchange = {
      id: `e${index}`, purpose: 'token', method: 'POST', url: 'https://as.example/token',
      request: `POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n${body}`,
      response: { status, reason: 'X', raw: head + bytesOf(answer.toWellFormed()), headLength: head.length, body: bytesOf(answer.toWellFormed()) },
      times: { started: 1_700_000_000_000, ended: 5 }, connection: null, tls: null, failure: null,
    };
    events.push({ ...stamp(), type: 'step-started', step: `e${index}`, kind: 'exchange' }, { ...stamp(), type: 'exchange-recorded', step: `e${index}`, exchange });
    if (status >= 400) events.push({ ...stamp(), type: 'grant-refused', step: `e${index}`, exchangeId: `e${index}`, error: { error: 'invalid_grant', foundIn: 'json', status } });
    events.push({ ...stamp(), type: 'step-ended', step: `e${index}`, outcome: status >= 400 ? 'refused' : 'ok' });
  });
  events.push({ ...stamp(), type: 'flow-ended', outcome: 'ok' });
  return events;
}
