import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { buildDemo } from '../demo/build';
import { serveFolder } from '../demo/server';
import { modelsFolder } from '../run/published-models';
import { shownNetwork } from '../site/live/network';
import { LIVE_POLICY } from '../site/pages/live';
import { wholeNumber } from './options';

interface DemoFlags {
  model?: string;
  port: number;
}

export function demoCommand(): Command {
  return new Command('demo')
    .option(
      '--model <name>',
      'the published network that is shown; the best by validation accuracy unless given',
    )
    .option('--port <n>', 'port on this machine; any that is free unless given', portNumber, 0)
    .addHelpText(
      'after',
      `
Serves a page, on this machine alone, in which the network runs in your browser: on drawn faces, on a picture, or on the
webcam once you ask for it. The printed address has a token that the page needs. Nothing leaves the machine: the page may
talk to nobody. End it with Ctrl-C.

Examples:
  npx ferlab demo
  npx ferlab demo --model strong-cnn-seed1 --port 8123`,
    )
    .action(demo);
}

async function demo({ model, port }: DemoFlags): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-demo-'));
  try {
    const page = await buildDemo(folder, shownNetwork(modelsFolder(), model));
    const server = await serveFolder({ folder, policy: LIVE_POLICY, port });
    process.stdout.write(`open ${server.address(page)}\n`);
    await stopped();
    await server.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for Ctrl-C or the end that a service manager asks for. */
const stopped = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}
