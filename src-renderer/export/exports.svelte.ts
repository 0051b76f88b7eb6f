import type { ExportFormat } from '../../src-main/contract/export-formats.ts';
import { exportFormats } from '../../src-main/contract/export-formats.ts';

export interface ExportTarget { runId: string; exchangeId: string | null; format: ExportFormat; whole: boolean }

/** One line of the list of formats. A HAR stands in it twice: for the exchange and for the whole run. */
export interface FormatChoice { key: string; format: ExportFormat; whole: boolean; label: string; explanation: string }

/** What the export dialog is about; closed while `target` is null. */
export class Exports {
  #target = $state.raw<ExportTarget | null>(null);

  get target(): ExportTarget | null { return this.#target; }

  /** @param exchangeId the exchange on screen; null where there is none, which leaves the formats for a whole run */
  open(runId: string, exchangeId: string | null, about: 'exchange' | 'run'): void {
    const one = about === 'exchange' && exchangeId !== null;
    this.#target = { runId, exchangeId, format: one ? 'curl-sh' : 'report-markdown', whole: !one };
  }

  close(): void { this.#target = null; }
}

/** The formats in groups, in the order they are shown. */
export function formatGroups(exchange: boolean): { name: string; choices: FormatChoice[] }[] {
  const of = (group: string): FormatChoice[] => exportFormats.flatMap(({ id, label, explanation, group: own, scope }) => {
    const choice = (whole: boolean): FormatChoice => ({ key: `${id}${whole ? '-run' : ''}`, format: id, whole, label, explanation });
    if (scope === 'either') return own === group && exchange ? [choice(false)] : group === 'Whole run' ? [choice(true)] : [];
    return own === group && (exchange || scope === 'run') ? [choice(scope === 'run')] : [];
  });
  return ['Command', 'HTTP', 'Code', 'Whole run'].map((name) => ({ name, choices: of(name) })).filter(({ choices }) => choices.length > 0);
}
