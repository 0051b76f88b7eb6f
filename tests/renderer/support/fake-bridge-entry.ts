import { fakeBridge } from './fake-bridge.ts';
import type { Scene } from './fake-bridge.ts';

const scene = (new URLSearchParams(location.search).get('scene') ?? 'first-start') as Scene;
Object.defineProperty(window, 'grantscope', { value: fakeBridge(scene) });
