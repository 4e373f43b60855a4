import { CHOICE_OF_EMOTION } from '../../dataset/crowd';
import { EMOTIONS } from '../../dataset/emotions';
import { FERPLUS_CHOICES } from '../../dataset/ferplus';

/** What is said below a table where there are no votes to count. */
export const NO_VOTES =
  'There are no FER+ votes. They come as fer2013new.csv (Barsoum et al. 2016), whose rows are those of fer2013.csv: put the file beside the data or into data/, or set $FERPLUS to its path. The synthetic sample has none.';

/** The choice of FER+ for each emotion, by label. */
export const OWN_CHOICES: readonly number[] = EMOTIONS.map((emotion) =>
  FERPLUS_CHOICES.indexOf(CHOICE_OF_EMOTION[emotion]),
);
