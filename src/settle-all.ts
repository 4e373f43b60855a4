/**
 * Like `Promise.all`, but waits for all of them also when one fails: whoever cleans up after the error (closes an archive,
 * removes a folder) takes nothing away from the others.
 * @throws the error of the first of them that failed
 */
export async function settleAll<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(promises);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
