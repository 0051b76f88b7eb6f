import type { CompareInput } from '../../compare/index.ts';
import { comparisonHtml, comparisonMarkdown, compareSubjects } from '../../compare/index.ts';
import type { CompareFormat, CompareRequest, CompareSubject, Comparison, Result } from '../../contract/index.ts';
import { fail, foldRun, ok } from '../../contract/index.ts';
import { diagnose, withoutCopies } from '../../diagnosis/index.ts';
import { discover, manualMetadata } from '../../environment/index.ts';
import type { Services } from '../../services.ts';
import type { SecretClipboard } from '../../shell/index.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';
import type { FilePort } from './export.ts';

/** Runs and environments side by side. What is compared is masked before it is compared, so that nothing else can come out. */
export function compareHandlers(
  services: Services, runs: MaskedRuns, clipboard: SecretClipboard, files: FilePort, now: () => number = Date.now,
): Pick<Handlers, 'compare.open' | 'compare.copy' | 'compare.save'> {
  const { history, environments, ledger } = services;

  function runInput(subject: Extract<CompareSubject, { kind: 'run' }>): Result<CompareInput> {
    const events = history.read(subject.runId);
    if (!events.ok) return events;
    const opened = runs.open(subject.runId);
    if (!opened.ok) return opened;
    const diagnosis = diagnose(events.value, { ledger: withoutCopies(ledger(), events.value) });
    return ok({ kind: 'run', subject, events: opened.value.events, diagnosis: runs.maskTexts(subject.runId, diagnosis) });
  }

  async function environmentInput(subject: Extract<CompareSubject, { kind: 'environment' }>): Promise<Result<CompareInput>> {
    const environment = environments.get(subject.environmentId);
    if (!environment) return fail({ code: 'unknown-environment', message: 'There is no such environment.' });
    return ok({ kind: 'environment', subject, environment, metadata: await metadataOf(environment.id) });
  }

  /** As its provider serves it now; where that cannot be asked, as its newest Run read it. `null` where neither is known. */
  async function metadataOf(environmentId: string): Promise<Record<string, unknown> | null> {
    const environment = environments.get(environmentId);
    if (environment?.provider.kind === 'manual') return manualMetadata(environment.provider.endpoints);
    if (environment?.provider.kind === 'discovery') {
      const found = await discover(environment.provider.issuer, services.fetcher(environment));
      if (found.ok) return found.value.metadata;
    }
    for (const { id } of history.list().filter((run) => run.environmentId === environmentId).slice(0, 5)) {
      const events = history.read(id);
      const metadata = events.ok ? foldRun(events.value).metadata?.metadata : undefined;
      if (metadata) return metadata;
    }
    return null;
  }

  async function make({ subjects }: CompareRequest): Promise<Result<Comparison>> {
    const inputs: CompareInput[] = [];
    for (const subject of subjects) {
      const input = subject.kind === 'run' ? runInput(subject) : await environmentInput(subject);
      if (!input.ok) return input;
      inputs.push(input.value);
    }
    return ok(compareSubjects(inputs));
  }

  const written = (comparison: Comparison, format: CompareFormat, all: boolean): string => (format === 'html' ? comparisonHtml : comparisonMarkdown)(comparison, now(), { all });

  return {
    'compare.open': make,
    'compare.copy': async ({ format, all, ...request }) => {
      const made = await make(request);
      if (!made.ok) return made;
      clipboard.copy(written(made.value, format, all));
      return ok(null);
    },
    'compare.save': async ({ format, all, ...request }) => {
      const made = await make(request);
      if (!made.ok) return made;
      const plain = made.value.columns.map(({ title }) => title).join(' and ').normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase().slice(0, 60);
      const path = await files.askPath(`${plain === '' ? 'comparison' : plain}-compared.${format === 'html' ? 'html' : 'md'}`);
      if (path === null) return ok({ path: null });
      const saved = await files.write(path, [written(made.value, format, all)], { encoding: 'utf8', secret: false });
      return saved.ok ? ok({ path }) : saved;
    },
  };
}
