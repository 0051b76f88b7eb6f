import { computeCommandScore } from 'bits-ui';
import type { CommandGroup, WindowCommandId } from '../../src-main/contract/window-commands.ts';
import { WINDOW_COMMAND_IDS, windowCommand } from '../../src-main/contract/window-commands.ts';
import { shortTime } from '../format/time.ts';
import { runStateWords, stepNames, tokenNames } from '../format/words.ts';
import { rowsOf } from '../flow/rows-of.ts';
import type { AppState } from '../state/app.svelte.ts';

/** One line of the palette. */
export interface Entry {
  id: string;
  group: string;
  title: string;
  about?: string;
  keys?: string;
  /** Why it cannot be done now. */
  disabled?: string;
  /** Text found beside title and about. */
  words?: string[];
  run: () => void;
}

/** What is done most stands first; the menu's order is what a desktop expects. */
const PALETTE_GROUPS: readonly CommandGroup[] = ['Run', 'Tokens', 'View', 'Edit', 'File', 'Developer', 'Help'];

/** How many lines are drawn: more is not read, and costs a frame. */
const SHOWN = 60;

export function commandEntries({ commands }: AppState): Entry[] {
  const entry = (id: WindowCommandId, group: string): Entry => {
    const { title, keys } = windowCommand(id);
    const why = commands.whyNot(id);
    return { id: `${group}:${id}`, group, title, ...(keys?.[0] !== undefined && { keys: keys[0] }), ...(why !== null && { disabled: why }), run: () => commands.run(id) };
  };
  const offered = PALETTE_GROUPS.flatMap((group) => WINDOW_COMMAND_IDS.filter((id) => id !== 'palette.open' && windowCommand(id).group === group && windowCommand(id).role === undefined));
  const recent = commands.recent.ids.filter((id) => commands.whyNot(id) === null);
  return [...recent.map((id) => entry(id, 'Recent')), ...offered.filter((id) => !recent.includes(id)).map((id) => entry(id, windowCommand(id).group))];
}

/** What can be gone to: environments, runs, and the steps and tokens of the open run. */
export function placeEntries(app: AppState): Entry[] {
  const { run } = app.current;
  const steps = run ? rowsOf(run, app.runs.isRunning(run.id)).flatMap((row): Entry[] => ('selection' in row && row.selection
    ? [{ id: `step:${row.key}`, group: 'Steps of this run', ...wordsOf(run, row.selection), run: () => app.current.select(row.selection ?? null) }] : [])) : [];
  return [
    ...app.environments.list.map(({ config }): Entry => ({ id: `environment:${config.id}`, group: 'Environments', title: config.name, words: ['environment'], run: () => app.selectEnvironment(config.id) })),
    ...steps,
    ...(run?.tokens ?? []).map(({ record, generation, fate }): Entry => ({
      id: `token:${record.id}`, group: 'Tokens of this run', title: tokenNames[record.kind], about: `Generation ${generation}, ${fate}`, run: () => app.current.select({ kind: 'token', id: record.id }),
    })),
    ...app.runs.list.map((summary): Entry => ({
      id: `run:${summary.id}`, group: 'Runs', title: summary.title, about: `${summary.error ?? runStateWords[summary.state].text}, ${new Date(summary.startedAt).toLocaleDateString()} ${shortTime(summary.startedAt)}`, words: ['run'], run: () => app.openRun(summary.id),
    })),
  ];
}

function wordsOf(run: NonNullable<AppState['current']['run']>, selection: NonNullable<AppState['current']['selection']>): Pick<Entry, 'title' | 'about'> {
  if (selection.kind === 'exchange') {
    const recorded = run.exchanges.get(selection.id);
    const step = run.steps.find(({ id }) => id === recorded?.step);
    const about = recorded ? [recorded.exchange.method, recorded.exchange.url.replace(/[?#].*$/, ''), recorded.exchange.response?.status ?? 'no answer'].join(' ') : '';
    return { title: step ? stepNames[step.kind] : 'Exchange', about };
  }
  const step = run.steps.find(({ events }) => selection.kind === 'event' && events.some(({ seq }) => seq === selection.seq));
  return { title: step ? stepNames[step.kind] : 'Event', about: 'Front channel' };
}

/** The best first; without a query what can be done now, as it stands. */
export function ranked(entries: readonly Entry[], query: string): Entry[] {
  const wanted = query.trim();
  if (wanted === '') return entries.filter(({ disabled }) => disabled === undefined).slice(0, SHOWN);
  return entries.map((entry) => ({ entry, score: computeCommandScore(entry.title, wanted, [...(entry.words ?? []), entry.group, entry.about ?? '']) }))
    .filter(({ score }) => score > 0.02).sort((a, b) => Number(a.entry.disabled !== undefined) - Number(b.entry.disabled !== undefined) || b.score - a.score)
    .slice(0, SHOWN).map(({ entry }) => entry);
}
