import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from './support/bench.ts';

const wanted = process.argv.slice(2);
const files = readdirSync('tests/bench').filter((name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word))));
const rows: Record<string, string>[] = [];
for (const file of files) {
  const { default: bench } = await import(pathToFileURL(resolve('tests/bench', file)).href) as { default: Bench };
  process.stdout.write(`${bench.name} …\n`);
  try {
    const { ours, baseline, unit, note } = await bench.run();
    rows.push({ bench: bench.name, ours: `${ours.toFixed(2)} ${unit}`, baseline: `${baseline.toFixed(2)} ${unit}`, ratio: `${(ours / baseline).toFixed(2)}×`, goal: bench.goal, note });
  } catch (error) {
    rows.push({ bench: bench.name, ours: '–', baseline: '–', ratio: '–', goal: bench.goal, note: `could not be measured: ${error instanceof Error ? error.message : String(error)}` });
  }
}
const columns = ['bench', 'ours', 'baseline', 'ratio', 'goal', 'note'] as const;
const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column]?.length ?? 0)));
for (const row of [Object.fromEntries(columns.map((column) => [column, column])), ...rows]) {
  process.stdout.write(`${columns.map((column, index) => (row[column] ?? '').padEnd(widths[index] ?? 0)).join('  ').trimEnd()}\n`);
}
process.exit(0);
