export { HttpUser } from './http-user.ts';
export { RealBrowser } from './real-browser.ts';
export { dial, getRequest, readAll, sendRaw } from './raw-client.ts';
export type { RawAnswer } from './raw-client.ts';
export { ISSUER, listening } from './listening.ts';
export type { Listening } from './listening.ts';
