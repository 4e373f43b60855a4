import { firstOfEachNetwork, singleModels } from '../publish/single-models';
import { testExported } from './published';

const tested = firstOfEachNetwork();
for (const name of singleModels()) if (!tested.includes(name)) testExported(name);
