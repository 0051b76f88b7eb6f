import type { Environment } from '../../../src-main/contract/environment.ts';
import type { Exchange, Purpose } from '../../../src-main/contract/exchange.ts';
import type { NewRunEvent, Provocation, RunEvent, StepKind, StepOutcome } from '../../../src-main/contract/run.ts';
import type { Problem } from '../../../src-main/contract/result.ts';

export const BOOT = 'boot-of-the-harness';

export function environmentOf(changes: Partial<Environment> = {}): Environment {
  return {
    id: '11111111-1111-4111-8111-111111111111', name: 'Practice provider',
    provider: { kind: 'practice', client: 'confidential', lifetimes: { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 } },
    client: { id: '', authMethod: 'client_secret_basic' }, scope: 'openid profile email offline_access',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' }, pkce: 'S256', authorizationParameters: [], tokenParameters: [],
    limits: { browser: 300, request: 30 }, ...changes,
  };
}

/** Writes a Run as main's recorder would: numbered, timed, masked. */
export class Recording {
  readonly runId: string;
  readonly events: RunEvent[] = [];
  #passed = 0;
  #steps = 0;
  #exchanges = 0;
  readonly #start: number;
  readonly #mono: number;

  /** @param start wall clock, milliseconds; the monotonic clock begins at 5 s */
  constructor(runId: string, start: number, mono = 5000) {
    this.runId = runId;
    this.#start = start;
    this.#mono = mono;
  }

  get now(): number { return this.#start + this.#passed; }
  wait(ms: number): void { this.#passed += ms; }

  add(event: NewRunEvent): RunEvent {
    const recorded = { seq: this.events.length, at: this.now, mono: this.#mono + this.#passed, boot: BOOT, ...event } as RunEvent;
    this.events.push(recorded);
    return recorded;
  }

  step(kind: StepKind, body: (step: string) => { outcome: StepOutcome; problem?: Problem } | void, more: { provocation?: Provocation; limit?: number } = {}): void {
    const step = `step-${this.#steps++}`;
    this.add({ type: 'step-started', step, kind, limit: 30, ...more });
    this.wait(1.2);
    const end = body(step) ?? { outcome: 'ok' as const };
    this.add({ type: 'step-ended', step, ...end });
    this.wait(2);
  }

  /** Records an exchange; `took` in milliseconds. */
  exchange(step: string, purpose: Purpose, line: { method: string; url: string; headers?: string[]; body?: string }, answer: { status: number; reason: string; headers?: string[]; body: string } | Problem, took: number): Exchange {
    const { host, pathname, search } = new URL(line.url);
    const request = [`${line.method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`, 'Accept: application/json', 'User-Agent: Grantscope/0.1.0', ...(line.headers ?? []), '', line.body ?? ''].join('\r\n');
    const started = this.now;
    this.wait(took);
    const failed = 'code' in answer;
    const head = failed ? '' : [`HTTP/1.1 ${answer.status} ${answer.reason}`, 'cache-control: no-store', 'content-type: application/json; charset=utf-8', `date: ${new Date(started).toUTCString()}`, ...(answer.headers ?? []), 'connection: close', '', ''].join('\r\n');
    const exchange: Exchange = {
      id: `exchange-${this.#exchanges++}`, purpose, method: line.method, url: line.url, request,
      response: failed ? null : { status: answer.status, reason: answer.reason, raw: head + answer.body, headLength: head.length, body: answer.body },
      times: failed ? { started, ended: took } : { started, connected: took * 0.1, sent: took * 0.16, firstByte: took * 0.9, ended: took },
      connection: failed ? null : { remoteAddress: '127.0.0.1', remotePort: 41777, localAddress: '127.0.0.1', localPort: 52310 + this.#exchanges },
      tls: null, failure: failed ? answer : null,
    };
    this.add({ type: 'exchange-recorded', step, exchange });
    return exchange;
  }
}
