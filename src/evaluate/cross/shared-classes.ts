import { type DatasetSpec, labelOfName } from '../../dataset/spec';
import { FerlabError } from '../../errors';

/** A class that two data sets share. */
export interface SharedClass {
  /** Its name in the data set that is tested on. */
  readonly name: string;
  readonly trained: number;
  readonly tested: number;
}

/**
 * The classes of the tested data set that a classifier knows too, by their names.
 * @throws FerlabError for fewer than two
 */
export function sharedClasses(trained: DatasetSpec, tested: DatasetSpec): SharedClass[] {
  const shared = tested.classes.flatMap((name, label): SharedClass[] => {
    const own = labelOfName(trained, name);
    return own < 0 ? [] : [{ name, trained: own, tested: label }];
  });
  if (shared.length > 1) return shared;
  throw new FerlabError(`${trained.title} and ${tested.title} share ${shared.length} classes`, {
    remedy: 'choose a data set of the same emotions',
  });
}
