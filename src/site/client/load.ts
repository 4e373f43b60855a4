// A page that was opened from a file may not read other files: data comes as scripts, each of which leaves its value.

const loading = new Map<string, Promise<unknown>>();

/** Loads a script of the site once. */
export function loadScript(path: string): Promise<void> {
  const known = loading.get(path) as Promise<void> | undefined;
  if (known) return known;
  const made = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = path;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${path} can't be loaded: the site is incomplete`));
    document.head.append(script);
  });
  loading.set(path, made);
  return made;
}

type Tables = Record<string, Record<string, unknown>>;

/** The value of a data file. @param table and @param name as in the file's own line */
export async function loadData<T>(path: string, table: string, name: string): Promise<T> {
  await loadScript(path);
  return (globalThis as unknown as { ferlab: Tables }).ferlab[table]![name] as T;
}
