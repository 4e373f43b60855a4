import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Number of cores that this process can use: those that it may run on (`taskset`, Slurm, Kubernetes' CPU manager), or
 * fewer where a control group (containers, systemd, Slurm) limits its processor time; a part of a core counts as one.
 */
export function usableCores(): number {
  return Math.min(availableParallelism(), Math.ceil(cgroupCores() ?? Number.POSITIVE_INFINITY));
}

/**
 * Cores' worth of processor time that the control groups of this process allow, or null where they set no limit.
 * @param root folder that `/proc` and `/sys` are in
 */
export function cgroupCores(root = '/'): number | null {
  const groups = (readText(join(root, 'proc/self/cgroup')) ?? '').split('\n').filter(Boolean);
  const limits = groups.flatMap((line) => {
    // hierarchy:controllers:path; version 2 has no controllers
    const [, controllers, ...path] = line.split(':');
    if (controllers !== '' && !controllers?.split(',').includes('cpu')) return [];
    const base = join(root, 'sys/fs/cgroup', controllers ?? '');
    return ancestors(path.join(':')).map((group) => limitOf(join(base, group)));
  });
  const set = limits.filter((limit) => limit !== null);
  return set.length > 0 ? Math.min(...set) : null;
}

/** `/a/b`, `/a` and `/`: each group is held by the limits of those above it. Only `/` may be there in a container. */
function ancestors(path: string): string[] {
  return path === '/' || path === '.' ? ['/'] : [path, ...ancestors(dirname(path))];
}

/** What the files of one group allow, version 2 or 1. */
function limitOf(folder: string): number | null {
  const [quota, period] =
    readText(join(folder, 'cpu.max'))?.split(/\s+/) ??
    ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => readText(join(folder, name)));
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : null; // `max` and -1 stand for no limit
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
