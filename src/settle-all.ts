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

/** What `work` makes of each item, in order, a few of them at a time; see {@link settleAll}. */
export async function settleInTurn<Item, Made>(
  items: readonly Item[],
  most: number,
  work: (item: Item, index: number) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (let start = 0; start < items.length; start += most) {
    const some = items.slice(start, start + most);
    made.push(...(await settleAll(some.map((item, i) => work(item, start + i)))));
  }
  return made;
}
