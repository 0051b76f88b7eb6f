import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompareInput } from '../../../src-main/compare/index.ts';
import { comparisonHtml, comparisonMarkdown, compareSubjects } from '../../../src-main/compare/index.ts';
import type { Comparison, RunEvent } from '../../../src-main/contract/index.ts';
import { formatMarker } from '../../../src-main/contract/index.ts';
import { importText } from './import-text.ts';

const run = (events: readonly RunEvent[]): CompareInput => ({ kind: 'run', subject: { kind: 'run', runId: randomUUID() }, events, diagnosis: null });
const rowsOf = ({ sections, steps }: Comparison) => [...sections, ...steps.flatMap((step) => step.sections)].flatMap(({ rows }) => rows);

const word = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('scope', 'redirect_uri', 'code', 'state', '<script>alert(1)</script>', '| a | b |', '__proto__', 'constructor', '{"a":1}', '\u202eevil', '%00', 'https://a.example/cb'));
const pairs = fc.dictionary(word.filter((name) => name !== ''), word, { maxKeys: 8 });
const body = fc.oneof(pairs.map((value) => JSON.stringify(value)), word);
const exchange = fc.record({ grant: fc.constantFrom('authorization_code', 'refresh_token', 'x'), parameters: pairs, headers: pairs, status: fc.constantFrom(200, 302, 400, 401, 500), answer: body, type: fc.constantFrom('application/json', 'text/html', 'application/x-www-form-urlencoded', '') });
const recording = fc.array(exchange, { minLength: 1, maxLength: 4 });

describe('whatever the columns hold', () => {
  it('never throws, has a cell for each column, classes a row alike in both orders, and writes documents that hold no markup of the columns', () => {
    fc.assert(fc.property(recording, recording, (left, right) => {
      const inputs = [run(importText(left)), run(importText(right))];
      const comparison = compareSubjects(inputs);
      const turned = compareSubjects(inputs.toReversed());
      for (const row of rowsOf(comparison)) expect(row.cells).toHaveLength(2);
      for (const step of comparison.steps) expect(step.cells).toHaveLength(2);
      const classes = (of: Comparison) => rowsOf(of).map(({ id, difference }) => `${id} ${difference ?? ''}`).sort();
      expect(classes(turned)).toEqual(classes(comparison));
      const html = comparisonHtml(comparison, 0);
      expect(html).not.toMatch(/<script|<img|<iframe|javascript:[^"]*"/i);
      expect(html.match(/<style>/g)).toHaveLength(1);
      expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      const markdown = comparisonMarkdown(comparison, 0, { all: true });
      // A cell cannot end its cell or its row.
      for (const line of markdown.split('\n').filter((one) => one.startsWith('|'))) expect(line.replace(/\\./g, '').split('|').length).toBeGreaterThanOrEqual(4);
      expect(markdown).not.toMatch(/<script>/i);
    }), { numRuns: 150 });
  });

  it('the same recording on both sides has no difference at all', () => {
    fc.assert(fc.property(recording, (one) => {
      expect(compareSubjects([run(importText(one)), run(importText(one))]).counts).toMatchObject({ meaningful: 0, cosmetic: 0 });
    }), { numRuns: 100 });
  });

  it('a masked secret is named by kind and length in the documents, equal ones alike, and its fingerprint is in none (attack 63)', () => {
    const marker = formatMarker({ kind: 'client_secret', length: 43, fingerprint: '0123456789abcdef' });
    const other = formatMarker({ kind: 'client_secret', length: 43, fingerprint: 'fedcba9876543210' });
    const of = (secret: string): CompareInput => run(importText([{ grant: 'authorization_code', parameters: { client_secret: secret }, headers: {}, status: 400, answer: '{"error":"invalid_client"}', type: 'application/json' }]));
    const comparison = compareSubjects([of(marker), of(other), of(marker)]);
    for (const document of [comparisonHtml(comparison, 0), comparisonMarkdown(comparison, 0, { all: true })]) {
      expect(document.replaceAll('\\', '')).toMatch(/client secret 1, 43 characters/);
      expect(document.replaceAll('\\', '')).toMatch(/client secret 2, 43 characters/);
      expect(document).not.toMatch(/0123456789abcdef|fedcba9876543210|[\ue0f0\ue0f1]/);
    }
  });

  it('ids, times and nonces of servers nobody knows are compared by their shape', () => {
    const fresh = (): Parameters<typeof importText>[0] => [{
      grant: 'authorization_code', status: 200, type: 'application/json', headers: { 'X-Trace': randomUUID(), 'X-Time': new Date().toISOString() },
      parameters: { code: randomBytes(16).toString('hex'), device_session: randomBytes(18).toString('base64url') },
      answer: JSON.stringify({ access_token: randomBytes(32).toString('base64url'), token_type: 'Bearer', expires_in: 3600, issued_at: Date.now() + Math.floor(Math.random() * 1e6), transaction: randomUUID(), login_count: Math.floor(Math.random() * 1000) }),
    }];
    for (let round = 0; round < 50; round += 1) {
      const comparison = compareSubjects([run(importText(fresh())), run(importText(fresh()))]);
      expect(rowsOf(comparison).filter(({ difference }) => difference === 'meaningful')).toEqual([]);
    }
  });
});
