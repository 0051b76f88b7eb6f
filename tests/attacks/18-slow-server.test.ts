import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src-main/wire/index.ts';
import type { RawServer } from '../support/hostile-server/index.ts';
import { hostileServer } from '../support/hostile-server/index.ts';
import { ask, until } from '../main/wire/requests.ts';

describe('attack 18: a server that takes its time', () => {
  let server: RawServer;
  beforeEach(async () => { server = await hostileServer(); });
  afterEach(async () => {
    await until(() => server.open === 0);
    await server.stop();
  });

  it('the limits are 10 s to connect, 10 s of silence and 30 s in all', () => {
    expect(defaultLimits).toMatchObject({ connect: 10_000, idle: 10_000, total: 30_000 });
  });

  it.each(['never', 'slow-head', 'stalled-body'])('%s ends at the idle limit with what came', async (scenario) => {
    const exchange = await ask(`${server.url}/${scenario}`, { limits: { idle: 80 } });
    expect(exchange.failure).toMatchObject({ code: 'time-limit-idle', why: 'Nothing came for 0.08 s.' });
    expect(exchange.times.ended).toBeGreaterThanOrEqual(80);
    expect(exchange.times.ended).toBeLessThan(1000);
    expect(exchange.response?.raw ?? '').toBe(server.last.sent.toString('latin1'));
    expect(exchange.request).toBe(server.last.received.toString('latin1'));
  });

  it('slow-body stays below the idle limit and ends at the total one, its bytes kept', async () => {
    const exchange = await ask(`${server.url}/slow-body`, { limits: { idle: 150, total: 300 } });
    expect(exchange.failure).toMatchObject({ code: 'time-limit-total', why: 'The limit is 0.3 s.' });
    expect(exchange.response?.body).toMatch(/^x{5,}$/);
    expect(exchange.times.ended).toBeGreaterThanOrEqual(299);
  });

  it('a handshake nobody answers ends at the connect limit', async () => {
    const exchange = await ask(`${server.url.replace('http:', 'https:')}/never`, { limits: { connect: 80 } });
    expect(exchange.failure).toMatchObject({ code: 'time-limit-connect', why: expect.stringContaining('TLS handshake') as string });
    expect(exchange.times.connected).toBeGreaterThan(0);
  });

  it.each([
    ['tls', 'never', 'https:', 'time-limit-tls'], ['firstByte', 'never', 'http:', 'time-limit-first-byte'], ['body', 'slow-body', 'http:', 'time-limit-body'], ['body', 'stalled-body', 'http:', 'time-limit-body'],
  ] as const)('a limit of its own for %s ends %s, and says which it was', async (phase, scenario, scheme, code) => {
    const exchange = await ask(`${server.url.replace('http:', scheme)}/${scenario}`, { limits: { [phase]: 80 } });
    expect(exchange.failure).toMatchObject({ code, why: expect.stringContaining('0.08 s') as string });
    expect(exchange.times.ended).toBeLessThan(1000);
    expect((exchange.response?.body ?? '').length > 0).toBe(phase === 'body');
  });

  it('the limit of one phase is none of another', async () => {
    const exchange = await ask(`${server.url}/html-200`, { limits: { tls: 1, firstByte: 5000, body: 5000 } });
    expect(exchange).toMatchObject({ failure: null, response: { status: 200 } });
    expect((await ask(`${server.url}/never`, { limits: { body: 50, tls: 50, total: 300 } })).failure?.code).toBe('time-limit-total');
  });

  it.each(['never', 'slow-head', 'slow-body', 'stalled-body'])('cancelling %s returns at once and leaves no socket', async (scenario) => {
    const person = new AbortController();
    const pending = ask(`${server.url}/${scenario}`, { signal: person.signal });
    await until(() => server.connections.length === 1 && server.last.received.length > 0 && (scenario === 'never' || server.last.sent.length > 0));
    const cancelled = performance.now();
    person.abort();
    const exchange = await pending;
    expect(performance.now() - cancelled).toBeLessThan(200);
    expect(exchange.failure?.code).toBe('cancelled');
    expect(exchange.request).toBe(server.last.received.toString('latin1'));
    await server.last.closed;
  });

  it('cancelled during the handshake: no socket stays', async () => {
    const person = new AbortController();
    const pending = ask(`${server.url.replace('http:', 'https:')}/never`, { signal: person.signal });
    await until(() => server.connections.length === 1);
    person.abort();
    expect(await pending).toMatchObject({ failure: { code: 'cancelled' }, request: '', response: null });
    await server.last.closed;
  });

  it('cancelled beforehand or in the same turn: no request is sent', async () => {
    expect((await ask(`${server.url}/never`, { signal: AbortSignal.abort() })).failure?.code).toBe('cancelled');
    expect(server.connections).toHaveLength(0);
    const person = new AbortController();
    const pending = ask(`${server.url}/never`, { signal: person.signal });
    person.abort();
    expect(await pending).toMatchObject({ failure: { code: 'cancelled' }, request: '', connection: null });
  });

  it("a caller's time limit is called a time limit", async () => {
    const exchange = await ask(`${server.url}/never`, { signal: AbortSignal.timeout(50) });
    expect(exchange.failure?.code).toBe('time-limit-total');
  });
});
