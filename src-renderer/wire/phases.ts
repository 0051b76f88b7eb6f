import type { Times } from '../../src-main/contract/exchange.ts';

export interface Phase { id: 'connect' | 'tls' | 'send' | 'wait' | 'receive'; name: string; from: number; to: number }

/** The parts of an exchange's time that were reached, in order, milliseconds since its start. */
export function phasesOf(times: Times, encrypted: boolean): Phase[] {
  const points: [Phase['id'], string, number | undefined][] = [
    ['connect', 'Connect', times.connected],
    ...(encrypted ? [['tls', 'TLS', times.secured] as [Phase['id'], string, number | undefined]] : []),
    ['send', 'Send', times.sent], ['wait', 'Wait', times.firstByte],
    ['receive', 'Receive', times.firstByte === undefined ? undefined : times.ended],
  ];
  const phases: Phase[] = [];
  let from = 0;
  for (const [id, name, to] of points) {
    if (to === undefined) continue;
    phases.push({ id, name, from, to: Math.max(from, to) });
    from = Math.max(from, to);
  }
  return phases;
}
