import type { Evidence } from '../contract/diagnosis.ts';
import type { Case } from './case/case.ts';
import type { CauseFamily, CauseId } from './cause-ids.ts';

/** Which refusals a cause can explain at all. */
export type CauseScope = 'code' | 'refresh' | 'any';

/** What a cause found in the Run itself; what the provider said is added by the judge. */
export interface Finding {
  evidence: Evidence[];
  /** Why nothing can be known here, where there is no evidence either way. */
  unknowable?: string;
  /** A fix for this very case, instead of the general one. */
  fix?: string;
}

/** One possible reason for a refused grant. `examine` is pure, does not throw and reads nothing but the case. */
export interface Cause {
  id: CauseId;
  family: CauseFamily;
  scope: CauseScope;
  title: string;
  fix: string;
  tellApart?: string;
  /** Said where nothing speaks for or against it. */
  unknowable: string;
  /** Only for collective answers: the causes one text stands for. */
  members?: readonly CauseId[];
  examine?: (c: Case) => Evidence[] | Finding;
}

/** Weights. A deciding value outranks any sentence of a provider. */
export const DECISIVE = 92;
export const STRONG = 70;
export const MEDIUM = 45;
export const WEAK = 20;
export const HINT = 8;

export const defineCause = (cause: Cause): Cause => cause;
