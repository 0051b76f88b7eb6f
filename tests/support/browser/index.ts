export { HttpUser } from './http-user.ts';
export { RealBrowser } from './real-browser.ts';
