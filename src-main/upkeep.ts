import type { Environment, RenewalView } from './contract/index.ts';
import { codeLimitOf } from './diagnosis/index.ts';
import { systemClock } from './flow/index.ts';
import { MeasureService } from './flow/measure/index.ts';
import { RenewalKeeper } from './flow/renewal/index.ts';
import { Sleeps } from './flow/sleeps.ts';
import type { Services } from './services.ts';

/** What goes on by itself while the app is open. */
export interface Upkeep {
  keeper: RenewalKeeper;
  measures: MeasureService;
  /** After the start: goes on with measurements, looks what is to be renewed. */
  begin(): void;
  ranOn(runId: string, running: boolean): void;
  suspend(): void;
  resume(): void;
  close(): void;
}

export interface UpkeepParts {
  services: Pick<Services, 'flows' | 'history' | 'environments'>;
  onRenewals(renewals: RenewalView[]): void;
  onRefused(renewal: RenewalView, environment: Environment): void;
}

/** Joins renewal and measurements to the services, for the app; a command of the command line keeps nothing up. */
export function createUpkeep({ services, onRenewals, onRefused }: UpkeepParts): Upkeep {
  const { flows, history, environments } = services;
  const sleeps = new Sleeps(systemClock);
  const reading = { runs: () => history.list(), load: (runId: string) => history.read(runId) };
  const keeper = new RenewalKeeper({
    ...reading, clock: systemClock, sleeps, flows, random: Math.random,
    timer: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
    environments: () => environments.list(),
    onChange: onRenewals, onRefused,
  });
  const measures = new MeasureService({ ...reading, flows, sleeps, environment: (id) => environments.get(id) ?? null, codeLimit: codeLimitOf });
  return {
    keeper, measures,
    begin: () => {
      keeper.check();
      void measures.resumeAll();
    },
    ranOn: (runId, running) => { keeper.ranOn(history.list().find(({ id }) => id === runId)?.environmentId ?? null, running); },
    suspend: () => {
      sleeps.suspend();
      keeper.suspend();
    },
    resume: () => {
      sleeps.resume();
      keeper.resume();
    },
    close: () => { keeper.close(); },
  };
}
