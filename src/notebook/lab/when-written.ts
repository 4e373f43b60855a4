import { NOT_WRITTEN } from './not-written';

/**
 * Shows what students' functions come to. Where one of them is not written yet, says which, and the notebook goes on.
 * @returns what `show` returns, and undefined where something is not written yet
 * @throws whatever else `show` throws
 */
export async function whenWritten<T>(show: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await show();
  } catch (error) {
    const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
    if (message !== NOT_WRITTEN) throw error;
    console.log(
      `First write ${innermostFunction(stack)}, then run this cell again: here you will see what it does.`,
    );
    return undefined;
  }
}

/** The function that threw, as the first frame of a stack names it: in the kernel as a method of its names, `Proxy.f`. */
function innermostFunction(stack: unknown): string {
  const frame = String(stack)
    .split('\n')
    .find((line) => line.startsWith('    at '));
  return /at (?:async )?(?:\w+\.)*(\w+) \(/.exec(frame ?? '')?.[1] ?? 'the exercise above';
}
