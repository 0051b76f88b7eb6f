import type { Bridge } from '../src-main/contract/commands.ts';

declare global {
  interface Window { readonly grantscope: Bridge }
}
