import type { Exchange } from '../../src-main/contract/exchange.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { provocations, purposeNames, stepNames } from '../format/words.ts';

/** Another exchange of the Run, in words. */
export interface DiffChoice { value: string; label: string }

/** What an exchange can be compared with: those of the same purpose first, each group in the order they were made. */
export function diffChoices(exchange: Exchange, run: RunState): DiffChoice[] {
  const first = [...run.exchanges.values()][0]?.at ?? 0;
  const others = [...run.exchanges.values()].filter((other) => other.exchange.id !== exchange.id);
  const [alike, rest] = [others.filter((other) => other.exchange.purpose === exchange.purpose), others.filter((other) => other.exchange.purpose !== exchange.purpose)];
  return [...alike, ...rest].map(({ exchange: other, step, at }) => {
    const made = run.steps.find(({ id }) => id === step);
    const name = made?.provocation ? `Provoked: ${provocations[made.provocation].name.toLowerCase()}` : made ? stepNames[made.kind] : purposeNames[other.purpose];
    return { value: other.id, label: `${name}, ${purposeNames[other.purpose]}, ${other.response?.status ?? 'no answer'}, +${((at - first) / 1000).toFixed(2)} s` };
  });
}
