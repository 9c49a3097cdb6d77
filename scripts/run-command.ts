/** Run one command, keep what it prints, and never throw: the caller decides what a failure means. */
import { spawn } from 'node:child_process';

export interface CommandResult {
  status: number;
  output: string;
  seconds: number;
}

export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; live?: boolean } = {},
): Promise<CommandResult> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { TURBO_TELEMETRY_DISABLED: '1', ...process.env, ...options.env },
      stdio: options.live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const finish = (status: number) =>
      resolve({ status, output, seconds: (performance.now() - start) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.on('close', (status) => finish(status ?? 1));
  });
}
