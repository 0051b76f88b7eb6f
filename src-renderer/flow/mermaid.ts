import { describeMarker, segmentsOf } from '../../src-main/contract/marker.ts';
import { duration } from '../format/time.ts';
import type { Lanes } from './lanes.ts';
import type { Row } from './rows.ts';

/**
 * The sequence as Mermaid text, masked.
 *
 * @see https://mermaid.js.org/syntax/sequenceDiagram.html
 */
export function mermaidOf(rows: readonly Row[], lanes: Lanes): string {
  const lines = ['sequenceDiagram', '  autonumber'];
  lanes.lanes.forEach((lane, index) => lines.push(`  participant L${index} as ${plain(lane.host === null ? lane.name : `${lane.name}, ${lane.host}`)}`));
  for (const row of rows) {
    if (row.kind === 'step') lines.push(`  Note over L0${lanes.lanes.length > 1 ? `,L${lanes.lanes.length - 1}` : ''}: ${plain(row.title)}`);
    else if (row.kind === 'note') lines.push(`  Note over L${lanes.indexOf(row.lane)}: ${plain([row.text, row.detail].filter(Boolean).join(', '))}`);
    else if (row.kind === 'problem') lines.push(`  Note over L${lanes.indexOf('app')}: ${plain(row.problem.message)}`);
    else if (row.kind === 'arrow') {
      const [from, to] = [lanes.indexOf(row.from), lanes.indexOf(row.to)];
      lines.push(`  L${from}->>L${to}: ${plain([row.label, row.detail].filter(Boolean).join(' '))}`);
      if (row.answer) lines.push(`  L${to}-${row.tone === 'bad' ? '-x' : '->>'}L${from}: ${plain([row.answer.error, row.answer.text, row.took === null ? '' : `(${duration(row.took)})`].filter(Boolean).join(' '))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** One line in which nothing is syntax: `;` ends a statement, `#` begins an entity, `%%` a comment. */
function plain(text: string): string {
  const words = segmentsOf(text).map((segment) => ('text' in segment ? segment.text : `[${describeMarker(segment.marker)}]`)).join('');
  return words.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').replace(/[;#%{}<>]/g, (character) => `#${character.charCodeAt(0)};`).trim() || ' ';
}
