import pc from 'picocolors';
import type { CliIo, TextSink } from './io.js';

/** Colours for a sink: none where no terminal shows them or `NO_COLOR` is set. */
export function coloursFor(sink: TextSink, env: CliIo['env']): ReturnType<typeof pc.createColors> {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return pc.createColors(!env['NO_COLOR'] && (forced || sink.isTTY === true));
}
