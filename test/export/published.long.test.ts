import { firstOfEachNetwork, singleModels } from '../publish/single-models';
import { testExported } from './published';

const everyday = firstOfEachNetwork();
for (const name of singleModels()) if (!everyday.includes(name)) testExported(name);
