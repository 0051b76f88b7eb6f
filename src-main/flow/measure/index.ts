/**
 * flow/measure: finds out what a provider's codes and tokens really do: when they end, whether they rotate, what reuse does.
 *
 * For the composition root and ipc/. Plan, looks and findings are events of a Run of its own, made by the ordinary steps, so a process that
 * was killed is followed by one that goes on. Refuses to open a browser unasked after a restart; never repairs what a measurement ends.
 */
export { MeasureService } from './service.ts';
export type { MeasureServicePorts } from './service.ts';
export { planOf } from './plan.ts';
