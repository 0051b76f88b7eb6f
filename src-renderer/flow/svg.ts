import { describeMarker, segmentsOf } from '../../src-main/contract/marker.ts';
import { duration } from '../format/time.ts';
import type { Lanes } from './lanes.ts';
import type { Row } from './rows.ts';

const [LANE, LEFT, TOP] = [230, 40, 64];
const heights: Record<Row['kind'], number> = { step: 34, note: 24, problem: 24, waiting: 0, arrow: 46 };

/** The sequence as a picture of its own: no script, nothing loaded, fonts of the reader. Masked. */
export function svgOf(rows: readonly Row[], lanes: Lanes): string {
  const x = (lane: number): number => LEFT + LANE * (lane + 0.5);
  const width = LEFT * 2 + LANE * lanes.lanes.length;
  const parts: string[] = [];
  let y = TOP;
  for (const row of rows) {
    const height = heights[row.kind];
    if (row.kind === 'step') parts.push(text(LEFT, y + 22, row.title, 'step'));
    else if (row.kind === 'note') parts.push(text(x(lanes.indexOf(row.lane)) + 8, y + 16, [row.text, row.detail].filter(Boolean).join(' · '), row.tone));
    else if (row.kind === 'problem') parts.push(text(x(lanes.indexOf('app')) + 8, y + 16, row.problem.message, 'bad'));
    else if (row.kind === 'arrow') {
      const [from, to] = [x(lanes.indexOf(row.from)), x(lanes.indexOf(row.to))];
      const tone = row.tone === 'bad' ? 'bad' : row.tone === 'warn' ? 'warn' : '';
      parts.push(text(Math.min(from, to) + 8, y + 12, [row.label, row.detail].filter(Boolean).join(' '), 'label'), arrow(from, to, y + 18, tone, false));
      if (row.answer) parts.push(text(Math.min(from, to) + 8, y + 33, [row.answer.error, row.answer.text, row.took === null ? '' : duration(row.took)].filter(Boolean).join(' · '), tone), arrow(to, from, y + 39, tone, true));
    }
    y += height;
  }
  const heads = lanes.lanes.map((lane, index) => `<line x1="${x(index)}" y1="52" x2="${x(index)}" y2="${y}" class="life"/>${text(x(index), 22, lane.name, 'head')}${lane.host === null ? '' : text(x(index), 40, lane.host, 'host')}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 16}" viewBox="0 0 ${width} ${y + 16}" role="img"><style>svg{background:#fff;font:12px system-ui,sans-serif;fill:#1a1d24}.life{stroke:#d3d7df}.line{stroke:#5d6675;stroke-width:1.5}.back{stroke-dasharray:4 3}.head{font-weight:600;text-anchor:middle}.host{fill:#4c5361;text-anchor:middle;font-size:11px}.step{font-weight:600}.label{font-weight:500}.ok{fill:#12704a}.bad{fill:#b8202f}.warn{fill:#855000}line.bad,path.bad{stroke:#b8202f}line.warn,path.warn{stroke:#855000}</style>
${heads.join('\n')}
${parts.join('\n')}
</svg>
`;
}

function arrow(from: number, to: number, y: number, tone: string, back: boolean): string {
  const side = to >= from ? -7 : 7;
  return `<line x1="${from}" y1="${y}" x2="${to}" y2="${y}" class="line ${back ? 'back ' : ''}${tone}"/><path d="M${to} ${y}l${side} -4v8z" class="${tone}" stroke="none" fill="${tone === 'bad' ? '#b8202f' : '#5d6675'}"/>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(x: number, y: number, content: string, kind: string): string {
  const words = segmentsOf(content).map((segment) => ('text' in segment ? segment.text : `[${describeMarker(segment.marker)}]`)).join('');
  const shown = words.length > 110 ? `${words.slice(0, 109).toWellFormed()}…` : words;
  // XML has no place for most control characters, and none may turn the text around.
  const clean = shown.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, ' ').replace(/[&<>"]/g, (character) => entities[character] as string);
  return `<text x="${x}" y="${y}" class="${kind}">${clean}</text>`;
}
