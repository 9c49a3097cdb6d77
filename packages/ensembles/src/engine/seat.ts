import { EngineMemory } from './memory.js';
import { reserveControl } from './team.js';

/** What a worker is told to become a member of a team: all of it can be posted. */
export interface Seat {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** Which member it is; 0 leads. */
  readonly index: number;
  /** Members of the team. */
  readonly size: number;
}

/** Seats around a new memory. */
export function newSeats(size: number): Seat[] {
  const { memory, module } = new EngineMemory();
  return Array.from({ length: size }, (_, index) => ({ memory, module, index, size }));
}

/** The kernels over the shared memory, and where the team meets: the first place of it, for every member alike. */
export function takeSeat(seat: Seat): { engine: EngineMemory; control: number } {
  const engine = new EngineMemory(seat);
  return { engine, control: reserveControl(engine) };
}

/**
 * Whether threads can share memory here: browsers allow it to pages that are cross-origin isolated only
 * (`Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`).
 */
export function canShareMemory(): boolean {
  return (
    typeof SharedArrayBuffer !== 'undefined' &&
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false
  );
}
