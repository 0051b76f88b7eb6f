/**
 * The app's services with a history on disk in a process of their own, which the test kills while it measures.
 * Arguments: data folder, keychain entries, mode, issuer. In mode `start` it signs in and measures; in mode `resume` it goes on by itself.
 * Says one JSON value a line: each event's type, and in the end the findings.
 */
import { randomUUID } from 'node:crypto';
import type { RunEvent } from '../../../src-main/contract/index.ts';
import { environmentSchema, ok } from '../../../src-main/contract/index.ts';
import { openHistory } from '../../../src-main/history/index.ts';
import { InProcessPractice } from '../../../src-main/practice/index.ts';
import { createServices } from '../../../src-main/services.ts';
import { createUpkeep } from '../../../src-main/upkeep.ts';
import { openVault } from '../../../src-main/vault/index.ts';
import { HttpUser } from '../browser/index.ts';
import { ScriptedKeychain } from '../keyring/scripted-keychain.ts';

const [folder = '', entries = '[]', mode = '', issuer = ''] = process.argv.slice(2);
const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`); };

const keychain = new ScriptedKeychain();
for (const [account, hex] of JSON.parse(entries) as [string, string][]) keychain.entries.set(account, Buffer.from(hex, 'hex'));
const vault = await openVault({ keychain, folder });
const history = openHistory({ folder, vault, onProblem: ({ code }) => say({ problem: code }) });
const services = createServices({
  vault, history, practice: new InProcessPractice(), versions: {},
  openBrowser: async ({ url }) => {
    say({ browser: true });
    void new HttpUser().signIn(url);
    return ok(null);
  },
  onEvent: (runId, event: RunEvent) => {
    say({ runId, type: event.type });
    if (event.type === 'measure-ended') say({ ended: event.end.outcome });
  },
  onRunning: (runId, running) => upkeep.ranOn(runId, running),
});
const upkeep = createUpkeep({ services, onRenewals: () => undefined, onRefused: () => undefined });

if (mode === 'start') {
  const environment = environmentSchema.parse({
    id: randomUUID(), name: 'Killed', provider: { kind: 'discovery', issuer }, client: { id: 'client', authMethod: 'none' },
    scope: 'openid offline_access', redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256',
  });
  services.environments.save(environment);
  const first = await services.flows.start(environment, 'print');
  if (!first.ok) throw new Error(first.problem.code);
  await services.flows.whenIdle(first.value.runId);
  const started = await upkeep.measures.start(first.value.runId, { questions: ['access-token', 'rotation'], longest: 60, signIns: 3 }, 'print');
  if (!started.ok) throw new Error(started.problem.code);
  say({ measuring: started.value.runId });
} else {
  upkeep.begin();
}
