// Carries the settings of each kind of layer into the declarations that notebooks are compiled against: the compiler
// drops an import from a .d.ts file unless it stands for its effect. `kinds.ts` lists the same files.
import './batch-norm';
import './convolution';
import './dense';
import './dropout';
import './flatten';
import './global-pool';
import './max-pool';
import './relu';
import './residual';
import './row-lstm';
import './squeeze-excite';
