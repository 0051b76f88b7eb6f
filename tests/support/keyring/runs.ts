import { randomUUID } from 'node:crypto';
import type { Problem, RunEvent } from '../../../src-main/contract/index.ts';
import { openHistory } from '../../../src-main/history/index.ts';
import type { History } from '../../../src-main/history/index.ts';
import { openVault } from '../../../src-main/vault/index.ts';
import type { Vault } from '../../../src-main/vault/index.ts';
import { ScriptedKeychain } from './scripted-keychain.ts';

const stamp = (seq: number) => ({ seq, at: 1_700_000_000_000 + seq, mono: seq, boot: 'boot' });

export function startEvent(runId: string, title = 'A run'): RunEvent {
  return {
    ...stamp(0), type: 'run-started', runId, origin: 'live', environment: null, client: { id: 'client', authMethod: 'none' }, browser: 'system',
    versions: {}, hasSecret: false, title,
  };
}

/** Event `seq` of a Run that holds a text: as a token in tokens-received. */
export function tokenEvent(seq: number, value: string): RunEvent {
  return {
    ...stamp(seq), type: 'tokens-received', step: 's', exchangeId: `e${seq}`, generation: 0,
    tokens: [{ id: `t${seq}`, kind: 'access_token', value }],
  };
}

export const endEvent = (seq: number): RunEvent => ({ ...stamp(seq), type: 'flow-ended', outcome: 'ok' });

export interface Opened { vault: Vault; history: History; problems: Problem[]; keychain: ScriptedKeychain }

/** A vault and a history on a folder, as the app opens them at its start. */
export async function openBoth(folder: string, keychain = new ScriptedKeychain()): Promise<Opened> {
  const vault = await openVault({ keychain, folder });
  const problems: Problem[] = [];
  return { vault, history: openHistory({ folder, vault, onProblem: (problem) => problems.push(problem) }), problems, keychain };
}

/** Records a whole Run of `count` events in a history; returns its id. */
export function recordRun(history: History, count: number, text = 'token'): string {
  const runId = randomUUID();
  history.append(runId, startEvent(runId));
  for (let seq = 1; seq < count - 1; seq += 1) history.append(runId, tokenEvent(seq, `${text}-${seq}`));
  history.append(runId, endEvent(count - 1));
  return runId;
}

/** A scripted keychain's entries as an argument for `history-child.ts`. */
export function entriesOf(keychain: ScriptedKeychain): string {
  return JSON.stringify([...keychain.entries].map(([account, value]) => [account, Buffer.from(value).toString('hex')]));
}
