// Loaded into every test's process before the test.
import { quietTensorFlow } from '../../src/engine/quiet-log';

quietTensorFlow();
