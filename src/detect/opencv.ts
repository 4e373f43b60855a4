/** The part of OpenCV's WebAssembly build that is called here. Objects of it are freed by hand. */
export interface OpenCv {
  readonly CV_8UC1: number;
  readonly Mat: new (rows: number, columns: number, type: number) => Mat;
  readonly RectVector: new () => Vector<{ x: number; y: number; width: number; height: number }>;
  readonly IntVector: new () => Vector<number>;
  readonly Size: new (width: number, height: number) => object;
  readonly CascadeClassifier: new () => CascadeClassifier;
  FS_createDataFile(folder: string, name: string, bytes: Uint8Array, ...rights: boolean[]): void;
}

export interface Mat {
  readonly data: Uint8Array;
  delete(): void;
}

export interface Vector<T> {
  size(): number;
  get(index: number): T;
  delete(): void;
}

export interface CascadeClassifier {
  load(path: string): boolean;
  detectMultiScale2(
    image: Mat,
    boxes: OpenCv['RectVector'] extends new () => infer V ? V : never,
    counts: Vector<number>,
    ...settings: unknown[]
  ): void;
  delete(): void;
}

type Module = OpenCv & { then?(done: (module: OpenCv) => void): void };

let loading: Promise<OpenCv> | undefined;

/** Loads OpenCV once; this takes about a second. */
export function loadOpenCv(): Promise<OpenCv> {
  loading ??= new Promise((resolve) =>
    keepingHandlers(() => ready(require('@techstark/opencv-js'), resolve)),
  );
  return loading;
}

function ready(module: Module, resolve: (cv: OpenCv) => void): void {
  module.then!((cv: Module) => {
    // The module calls itself a promise for itself: to await it would never end.
    delete cv.then;
    resolve(cv);
  });
}

/** The module takes over uncaught errors of the whole process, and would print its own source at each of them. */
function keepingHandlers(load: () => void): void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  load();
  for (const [i, event] of events.entries())
    for (const listener of process.listeners(event as 'uncaughtException'))
      if (!before[i]!.includes(listener)) process.removeListener(event, listener);
}
