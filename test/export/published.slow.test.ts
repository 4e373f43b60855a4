import { firstOfEachNetwork } from '../publish/single-models';
import { testExported } from './published';

for (const name of firstOfEachNetwork()) testExported(name);
