import { cellsPerModule, maxModules } from '../../../src/devices/evtv/measurement';
import * as completeStatus from '../../../src/protocol/complete-status';

test('CompleteStatus has room for every module of an EVTV controller, with as many cells', () => {
  expect(completeStatus.cellsPerModule).toBe(cellsPerModule);
  expect(completeStatus.mostModules).toBe(maxModules);
});
