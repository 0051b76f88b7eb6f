import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMarker } from '../../../src-main/contract/index.ts';
import { lanesOf } from '../../../src-renderer/flow/lanes.ts';
import { mermaidOf } from '../../../src-renderer/flow/mermaid.ts';
import type { Row } from '../../../src-renderer/flow/rows.ts';
import { rowsOf } from '../../../src-renderer/flow/rows-of.ts';
import { svgOf } from '../../../src-renderer/flow/svg.ts';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { finishedRun } from '../support/runs.ts';

const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', 1_767_225_600_000, 5000, true));
const lanes = lanesOf(run, 10_000);
const rows = rowsOf(run, false);
const text = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('a;b', '#35;', '%%{init}%%', '<script>alert(1)</script>', ']]>', '\u0000\u202e', 'end', 'note over', 'x\nL0->>L1: forged', '&amp;'));

describe('a sequence that is copied', () => {
  it('as Mermaid: every arrow and its answer, lanes with their hosts, no marker', () => {
    const mermaid = mermaidOf(rows, lanes);
    expect(mermaid.startsWith('sequenceDiagram\n')).toBe(true);
    expect(mermaid.match(/^ {2}participant /gm)).toHaveLength(lanes.lanes.length);
    expect(mermaid.match(/->>L\d+: /g)?.length).toBeGreaterThanOrEqual(rows.filter(({ kind }) => kind === 'arrow').length);
    expect(mermaid).toMatch(/-xL1: .*invalid_grant/);
    expect(mermaid).not.toMatch(/[\ue0f0\ue0f1]/);
  });

  it('hostile texts stay text: one statement a line, nothing that ends or begins another, well-formed XML', () => {
    fc.assert(fc.property(text, text, (label, answer) => {
      const secret = formatMarker({ kind: 'access_token', length: 43, fingerprint: '0123456789abcdef' });
      const row: Row = { kind: 'arrow', key: 'k', at: 0, from: 'app', to: 'browser', label, detail: secret, answer: { text: answer }, status: 200, took: 1, tone: 'bad', name: '', selection: { kind: 'event', seq: 0 } };
      const lines = mermaidOf([row], lanes).trimEnd().split('\n');
      expect(lines).toHaveLength(2 + lanes.lanes.length + 2);
      for (const line of lines.slice(-2)) expect(line.replace(/#\d+;/g, '').slice(line.indexOf(': '))).not.toMatch(/[;%{}<>]/);
      const svg = svgOf([row], lanes);
      expect(svg).not.toMatch(/<script|0123456789abcdef|[\u0000-\u0008\u202e]/);
      // Every text is a leaf: what is between its tags holds no markup.
      for (const [, inside = ''] of svg.matchAll(/<text [^>]*>(.*?)<\/text>/gs)) expect(inside).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
      expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
    }), { numRuns: 300 });
  });
});
